import { Deadline } from "../deadline.js";
import { packBatches } from "../protocol/batch.js";
import { closeAction, MESSAGE_TOO_LARGE, TOKEN_EXPIRED } from "../protocol/close-codes.js";
import { readDownFrames } from "../protocol/down-guard.js";
import type { DownFrame, UpFrame } from "../protocol/frames.js";
import type { WelcomeFrame } from "../protocol/handshake.js";
import { codeBy, errorFromCode, type ChatError } from "../errors.js";
import type { Clock } from "../platform/clock.js";
import type { Network } from "../platform/network.js";
import type { Random } from "../platform/random.js";
import type {
  ConnectionEffect,
  ConnectionInput,
  ConnectionMachineState,
  Via,
} from "./connection-step.js";
import { IDLE_CONNECTION, nextDeadline, stepConnection } from "./connection.machine.js";
import type { Turns } from "../turns.js";
import type { TokenSource } from "./token-source.js";
import type { OpenTransport, Transport } from "./transport.js";

const PING = encode({ t: "ping" });
const PONG = encode({ t: "pong" });

/** What the line needs of its client, and what it tells it. All of it happens within turns. */
export interface ConnectionClient {
  readonly platform: ConnectionPlatform;
  readonly turns: Turns;
  readonly tokens: TokenSource;
  /** The `hello` for this token, encoded. [H1] */
  greeting(token: string): string;
  onWelcome(welcome: WelcomeFrame): void;
  /** A frame of the live line, apart from those of the line itself. */
  onFrame(frame: DownFrame): void;
  /** The socket closed because a message was too large; `onDown` follows. */
  onOversized(): void;
  /** The socket is gone, whatever it was in the middle of. */
  onDown(): void;
  onTick(): void;
  /** The application gave no token, or the server refused it; with `isFinal` all is over. */
  onAuthError(error: ChatError, isFinal: boolean): void;
  /** No further attempt will be made; with the error, if the application did not close. */
  onClosed(error: ChatError | undefined): void;
}

/** What the line takes from the world. */
export interface ConnectionPlatform {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly openTransport: OpenTransport;
  /** The same protocol without a socket, for where sockets fail; the address is that of HTTP. */
  readonly openHttpTransport: OpenTransport;
}

/** Drives the connection machine on transport, token, clock and network hints. */
export class Connection {
  readonly #addresses: Readonly<Record<Via, string>>;
  readonly #client: ConnectionClient;
  readonly #deadline: Deadline;
  #transport: Transport | undefined;
  #token = "";
  #outgoing: string[] = [];
  #stopHints: (() => void) | undefined;
  state: ConnectionMachineState = IDLE_CONNECTION;

  constructor(addresses: Readonly<Record<Via, string>>, client: ConnectionClient) {
    this.#addresses = addresses;
    this.#client = client;
    this.#deadline = new Deadline(client, () => {
      this.tick();
    });
  }

  /** One input of the machine, within a turn. */
  handle(input: ConnectionInput): void {
    if (this.state.status === "closed") return;
    const { clock, random, network } = this.#client.platform;
    const moment = {
      now: clock.monotonic(),
      random: random.number(),
      isOnline: network.isOnline(),
    };
    const { state, effects } = stepConnection(this.state, input, moment);
    this.state = state;
    for (const effect of effects) this.#perform(effect);
    this.#deadline.set(nextDeadline(state));
    this.#followHints();
    if (state.status === "closed") this.#client.onClosed(state.error);
  }

  /** Compares the deadlines with the clock: timers may be late, so all that happens asks. [V1] */
  tick(): void {
    this.handle({ t: "tick" });
    if (this.state.status === "live") this.#client.onTick();
  }

  /** Sends encoded frames with all others of this turn; on a line not live they are lost. [W2] */
  send(...frames: readonly string[]): void {
    this.#outgoing.push(...frames);
  }

  /** Hands over what was sent since the last time, in as few messages as allowed. [W2] */
  flush(): void {
    for (const message of packBatches(this.#outgoing.splice(0))) this.#transport?.send(message);
  }

  #perform(effect: ConnectionEffect): void {
    const client = this.#client;
    switch (effect.type) {
      case "request-token":
        client.tokens.request((outcome) => {
          if ("token" in outcome) this.#token = outcome.token;
          else client.onAuthError(outcome.error, outcome.isFinal);
          this.handle("token" in outcome ? { t: "token" } : { t: "token-failed", ...outcome });
        });
        return;
      case "open":
        this.#open(effect.via);
        return;
      case "greet":
        this.send(client.greeting(this.#token));
        return;
      case "ping":
        this.send(PING);
        return;
      case "refuse-token":
        this.#refuseToken(effect.code);
        return;
      case "drop":
        this.#outgoing = [];
        this.#transport?.close();
        this.#transport = undefined;
        client.onDown();
        return;
    }
  }

  #open(via: Via): void {
    const { platform, turns } = this.#client;
    const openTransport = via === "http" ? platform.openHttpTransport : platform.openTransport;
    /** What a replaced socket still says is not read. [V2] */
    const ifCurrent = (task: () => void): void => {
      turns.run(() => {
        if (transport === this.#transport) task();
      });
    };
    const transport = openTransport(this.#addresses[via], {
      onOpen: () => {
        ifCurrent(() => {
          this.handle({ t: "opened" });
        });
      },
      onMessage: (message) => {
        ifCurrent(() => {
          this.#receive(message);
        });
      },
      onClose: (code) => {
        ifCurrent(() => {
          if (code === MESSAGE_TOO_LARGE) this.#client.onOversized();
          this.handle({ t: "lost", code });
        });
      },
    });
    this.#transport = transport;
  }

  /** A fresh token on the same line; without one it lives until the old one is over. [V4] */
  #renewToken(): void {
    const client = this.#client;
    const transport = this.#transport;
    client.tokens.renew(this.#token, (outcome) => {
      // Late for this line: the next one has asked for itself.
      if (transport !== this.#transport) return;
      if ("error" in outcome) {
        client.onAuthError(outcome.error, false);
        return;
      }
      this.#token = outcome.token;
      this.send(encode({ t: "auth", token: outcome.token }));
    });
  }

  #refuseToken(code: number): void {
    this.#client.tokens.refused(code === TOKEN_EXPIRED ? "expiring" : "refused");
    if (code === TOKEN_EXPIRED) return;
    const known = codeBy("closeCode", code) ?? "unauthenticated";
    this.#client.onAuthError(errorFromCode(known, "connect"), closeAction(code) === "stop");
  }

  #receive(message: string): void {
    const transport = this.#transport;
    const frames = readDownFrames(message);
    this.handle(frames ? { t: "received" } : { t: "garbled" });
    for (const frame of frames ?? []) {
      if (transport === this.#transport) this.#read(frame);
    }
  }

  #read(frame: DownFrame): void {
    const { status } = this.state;
    if (frame.t === "bye") this.handle(frame);
    if (frame.t === "ping") this.send(PONG);
    if (frame.t === "authreq" && status === "live") this.#renewToken();
    if (status === "live") this.#client.onFrame(frame);
    if (frame.t === "welcome" && status === "greeting") {
      this.handle(frame);
      this.#client.onWelcome(frame);
    }
  }

  /** Network and wake hints are listened to from the first wish to connect until the end. */
  #followHints(): void {
    const { status } = this.state;
    if (status === "closed") this.#stopHints?.();
    if (status === "closed" || status === "idle" || this.#stopHints) return;
    const { platform, turns } = this.#client;
    const hint = (): void => {
      turns.run(() => {
        this.handle({ t: "hint" });
      });
    };
    const stopChange = platform.network.onChange(hint);
    const stopWake = platform.network.onWake(hint);
    this.#stopHints = () => {
      stopChange();
      stopWake();
    };
  }
}

function encode(frame: UpFrame): string {
  return JSON.stringify(frame);
}
