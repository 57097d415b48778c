import type { Chat, ChatOptions } from "../chat.js";
import { createChatWith } from "../create-chat-with.js";
import type { Room } from "../room.js";
import { SampleLog, sampleWelcome } from "./sample-log.js";
import { ScriptedPlatform } from "./scripted-platform.js";
import type { ScriptedSocket } from "./scripted-transport.js";

/** A chat on a scripted platform, with one room and the log a server would have of it. */
export class ScriptedChat {
  readonly platform = new ScriptedPlatform();
  readonly log = new SampleLog();
  readonly chat: Chat;
  readonly room: Room;

  constructor(options: Partial<ChatOptions> = {}) {
    this.chat = createChatWith(
      { url: "https://chat.example", token: () => "token-1", timeZone: "UTC", ...options },
      this.platform,
    );
    this.room = this.chat.room(this.log.room);
  }

  /** The socket of the newest attempt. */
  get socket(): ScriptedSocket {
    return this.platform.line.socket;
  }

  /** How many attempts were made. */
  get attemptCount(): number {
    return this.platform.line.sockets.length;
  }

  /** The room's messages as shown: `body` or, while it is not in the log, `body (status)`. */
  get shown(): readonly string[] {
    return this.room.$timeline.get().flatMap((item) => {
      if (item.kind === "day") return [];
      const { status } = item.delivery;
      return status === "sent" ? item.body : `${item.body} (${status})`;
    });
  }

  /** The newest socket opens and is greeted. */
  greet(change: Parameters<typeof sampleWelcome>[0] = {}): void {
    this.socket.open();
    this.socket.deliver(sampleWelcome(change));
  }

  /** Time passes until the client makes its next attempt. Throws when it makes none in 30 s. */
  awaitAttempt(): void {
    const before = this.attemptCount;
    for (let waitedMs = 0; waitedMs < 30_000; waitedMs += 10) {
      if (this.attemptCount > before) return;
      this.platform.clock.advance(10);
    }
    throw new Error("no attempt was made");
  }

  /** The newest subscription of the room is answered by a snapshot. */
  reset(size?: number): void {
    const { ref } = this;
    this.socket.deliver(this.log.reset(ref, size), this.log.synced(ref));
  }

  /** The room is opened on a live line, with everything the log has. */
  goLive(): void {
    this.room.open();
    this.greet();
    this.reset();
  }

  /** Number of the newest subscription of the room on the newest socket. */
  get ref(): number {
    const hello = this.socket.framesOf("hello")[0]?.rooms[this.log.room]?.ref;
    const { room } = this.log;
    const sub = this.socket
      .framesOf("sub")
      .filter((frame) => frame.room === room)
      .at(-1)?.ref;
    const ref = sub ?? hello;
    if (ref === undefined) throw new Error("the room was not asked for");
    return ref;
  }
}
