import type { Authentication, Authenticator } from "../auth/authenticator.js";
import { createChatCore, type ChatCore } from "../chat-core.js";
import type { GatewayLimits } from "../gateway/gateway-limits.js";
import type { Session } from "../gateway/session.js";
import type { CommitStep } from "../storage/inline-executor.js";
import type { Storage } from "../storage/storage.js";
import type { SyncLimits } from "../sync/room-sync.js";
import { SILENT_LOG } from "../telemetry/log.js";
import { FakeSocket } from "./fake-socket.js";
import { createMemoryDisk, type MemoryDisk } from "./memory-disk.js";
import { testOpId } from "./op-ids.js";
import { TestClock } from "./test-clock.js";
import { createTestRandom } from "./test-random.js";

/** What a test may change about its gateway. */
export interface TestGatewayOptions {
  readonly disk?: MemoryDisk;
  readonly clock?: TestClock;
  readonly rooms?: readonly string[];
  readonly limits?: Partial<GatewayLimits>;
  readonly syncLimits?: Partial<SyncLimits>;
  readonly step?: CommitStep;
  readonly wrapStorage?: (storage: Storage) => Storage;
  readonly authenticator?: Authenticator;
}

/** One connection of a test: what it sends arrives at once, what it receives is kept. */
export interface TestConnection {
  readonly socket: FakeSocket;
  readonly session: Session;
  /** Sends frames in one message, and lets the turn end. */
  send(...frames: readonly object[]): void;
  /** The same, from text. */
  sendText(text: string): void;
}

/**
 * The real core on a database in memory, with a clock that stands still and sockets that are
 * arrays.
 */
export class TestGateway {
  readonly clock: TestClock;
  readonly disk: MemoryDisk;
  readonly core: ChatCore;
  readonly storage: Storage;

  constructor(options: TestGatewayOptions = {}) {
    this.clock = options.clock ?? new TestClock();
    this.disk = options.disk ?? createMemoryDisk();
    const opened = this.disk.openStorage({
      atEndOfTurn: (task) => this.clock.after(0, task),
      ...(options.step === undefined ? {} : { step: options.step }),
    });
    this.storage = options.wrapStorage?.(opened) ?? opened;
    this.core = createChatCore({
      storage: this.storage,
      authenticator: options.authenticator ?? createTestAuthenticator(this.clock),
      clock: this.clock,
      random: createTestRandom(),
      log: SILENT_LOG,
      rooms: options.rooms ?? ["lobby", "room-*"],
      access: { guests: "on" },
      ...(options.limits === undefined ? {} : { limits: options.limits }),
      ...(options.syncLimits === undefined ? {} : { syncLimits: options.syncLimits }),
    });
    this.core.rooms.openListed(() => undefined);
    this.clock.settle();
  }

  /** Opens a connection that has said nothing yet. */
  open(): TestConnection {
    const socket = new FakeSocket();
    const session = this.core.gateway.accept(socket);
    socket.session = session;
    const sendText = (text: string): void => {
      session.receive(text);
      this.clock.settle();
    };
    return {
      socket,
      session,
      sendText,
      send: (...frames) => sendText(JSON.stringify(frames)),
    };
  }

  /** Opens a connection and says hello as this user, following these rooms. */
  connect(user: string, rooms: Record<string, object> = {}, client?: string): TestConnection {
    const connection = this.open();
    connection.send(hello(user, rooms, client));
    return connection;
  }

  /** Says something in a room as somebody else, `count` times. */
  fill(count: number, room = "lobby"): void {
    const writer = this.connect("writer");
    for (let number = 1; number <= count; number += 1) {
      writer.send(message(testOpId(), `message ${String(number)}`, room));
    }
    writer.session.closed();
  }
}

/** A `hello` of this user. */
export function hello(
  token: string,
  rooms: Record<string, object> = {},
  client = `of-${token.slice(-40)}`,
) {
  return { t: "hello", v: 1, token, client, sdk: "test", caps: [], rooms };
}

/** An op that says something. */
export function message(id: string, body: string, room = "lobby") {
  return { t: "op", room, id, k: "msg", body, format: "text" };
}

/** The token is the user's id; `expired` and `wrong` are refused. Tokens live an hour. */
function createTestAuthenticator(clock: TestClock): Authenticator {
  return {
    authenticate(token, done) {
      done(judge(token, clock.now() + 3_600_000));
    },
  };
}

function judge(token: string, expiresAt: number): Authentication {
  if (token === "expired") return { ok: false, reason: "expired" };
  if (token === "wrong") return { ok: false, reason: "invalid" };
  const kind = token.startsWith("guest:") ? "guest" : "user";
  return { ok: true, principal: { id: token, name: token, kind }, expiresAt };
}

/** A gateway whose commits wait, each half for itself, until `run` lets all of them happen. */
export function createHeldGateway(): { gateway: TestGateway; run: () => void } {
  const steps: (() => void)[] = [];
  const gateway = new TestGateway({ step: (task) => void steps.push(task) });
  const run = (): void => {
    while (steps.length > 0) {
      steps.shift()?.();
      gateway.clock.settle();
    }
  };
  run();
  return { gateway, run };
}
