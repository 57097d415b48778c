import type { WritableAtom } from "nanostores";
import { createStore } from "../create-store.js";
import { Deadline } from "../deadline.js";
import type { Clock } from "../platform/clock.js";
import type { UpTypingFrame } from "../protocol/presence.js";
import type { Viewer } from "../timeline/timeline-line.js";
import type { Turns } from "../turns.js";
import type { Person } from "./person.js";
import {
  NOBODY_PRESENT,
  stepPresence,
  type PresenceInput,
  type RoomPresence,
} from "./presence.machine.js";
import {
  nextTypingDeadline,
  NOBODY_TYPES,
  stepTyping,
  type TypingInput,
} from "./typing.machine.js";

/** What typing and presence need of the client. */
export interface CompanyClient {
  readonly platform: { readonly clock: Clock; readonly report: (error: unknown) => void };
  readonly turns: Turns;
  readonly viewer: Viewer;
  /** Says it on the line; on one that is not live it is lost. */
  send(frame: UpTypingFrame): void;
  /** The stores of this room are to be brought up to date at the end of the turn. */
  changed(room: string): void;
}

/** The others in one room while it is live: who is there, and who types. [P1] [P2] */
export class RoomCompany {
  readonly $typing: WritableAtom<readonly Person[]>;
  readonly $presence: WritableAtom<RoomPresence>;
  readonly #room: string;
  readonly #client: CompanyClient;
  readonly #deadline: Deadline;
  #typing = NOBODY_TYPES;
  #presence = NOBODY_PRESENT;

  constructor(room: string, client: CompanyClient) {
    const { report } = client.platform;
    this.#room = room;
    this.#client = client;
    this.#deadline = new Deadline(client, () => {
      this.handle({ t: "tick" });
    });
    this.$typing = createStore<readonly Person[]>([], report);
    this.$presence = createStore(NOBODY_PRESENT, report);
  }

  /** One thing that happened, within a turn. */
  handle(input: TypingInput | PresenceInput): void {
    if (input.t === "presence" || input.t === "gone") {
      this.#presence = stepPresence(this.#presence, input);
    }
    if (input.t === "gone") this.#stepTyping({ t: "clear" });
    else if (input.t !== "presence") this.#stepTyping(input);
    this.#client.changed(this.#room);
  }

  /** Brings the stores up to date. */
  publish(): void {
    const shown = this.$typing.get();
    const typists = this.#typing.typists.map(({ until: _until, ...person }) => person);
    const isSame =
      typists.length === shown.length && typists.every(({ id }, index) => id === shown[index]?.id);
    if (!isSame) this.$typing.set(typists);
    this.$presence.set(this.#presence);
  }

  #stepTyping(input: TypingInput): void {
    const { platform, viewer } = this.#client;
    const moment = { now: platform.clock.monotonic(), me: viewer.id };
    const { state, effects } = stepTyping(this.#typing, input, moment);
    this.#typing = state;
    for (const _say of effects) this.#client.send({ t: "typing", room: this.#room });
    this.#deadline.set(nextTypingDeadline(state));
  }
}
