import { packBatches } from "../protocol/batch.js";
import { CLOSE_CODES } from "../protocol/close-codes.js";
import { readDownFrames } from "../protocol/down-guard.js";
import type { DownFrame, UpFrame } from "../protocol/frames.js";
import type { WelcomeFrame } from "../protocol/handshake.js";
import type { ChatError } from "../errors.js";
import type { Clock } from "../platform/clock.js";
import type { Network } from "../platform/network.js";
import type { Random } from "../platform/random.js";
import type {
  ConnectionEffect,
  ConnectionInput,
  ConnectionMachineState,
} from "./connection-step.js";
import { IDLE_CONNECTION, nextDeadline, stepConnection } from "./connection.machine.js";
import type { Turns } from "../turns.js";
import type { TokenSource } from "./token-source.js";
import type { OpenTransport, Transport } from "./transport.js";

/** What the line needs, and whom it tells. */
export interface ConnectionPorts {
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly openTransport: OpenTransport;
  readonly tokens: TokenSource;
  readonly turns: Turns;
  /** The `hello` for this token, encoded. [H1] */
  readonly greeting: (token: string) => string;
  readonly onWelcome: (welcome: WelcomeFrame) => void;
  /** A frame of the live line, apart from those of the line itself. */
  readonly onFrame: (frame: DownFrame) => void;
  /** The socket closed because a message was too large; `onDown` follows. */
  readonly onOversized: () => void;
  /** The socket is gone, whatever it was in the middle of. */
  readonly onDown: () => void;
  readonly onTick: () => void;
  /** No further attempt will be made; with the error, if it was not the application that closed. */
  readonly onClosed: (error: ChatError | undefined) => void;
}

/** Drives the connection machine on transport, token, clock and network hints. */
export class Connection {
  readonly #ports: ConnectionPorts;
  #state: ConnectionMachineState = IDLE_CONNECTION;
  #transport: Transport | undefined;
  /** Counts sockets: what an older one still says is not read. [V2] */
  #socketNumber = 0;
  #token = "";
  #outgoing: { readonly frames: string[]; readonly company: "shared" | "alone" }[] = [];
  #armedFor: number | undefined;
  #disarm: () => void = () => undefined;
  #stopHints: (() => void) | undefined;

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  get state(): ConnectionMachineState {
    return this.#state;
  }

  /** One input of the machine, within a turn. */
  handle(input: ConnectionInput): void {
    if (this.#state.status === "closed") return;
    const { clock, random, network } = this.#ports;
    const moment = {
      now: clock.monotonic(),
      random: random.number(),
      isOnline: network.isOnline(),
    };
    const { state, effects } = stepConnection(this.#state, input, moment);
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    this.#keepTime();
    this.#followHints();
  }

  /**
   * Compares the deadlines with the clock: timers may be late, so everything that happens asks.
   * [V1]
   */
  tick(): void {
    this.handle({ type: "tick" });
    if (this.#state.status === "live") this.#ports.onTick();
  }

  /** Sends encoded frames on the live line when the turn ends; on any other they are lost. [W2] */
  send(frames: readonly string[], company: "shared" | "alone" = "shared"): void {
    const last = this.#outgoing.at(-1);
    if (company === "shared" && last?.company === "shared") last.frames.push(...frames);
    else this.#outgoing.push({ frames: [...frames], company });
  }

  /** Ends the turn: hands over what was sent in it, in as few messages as allowed. [W2] */
  flush(): void {
    const groups = this.#outgoing;
    this.#outgoing = [];
    for (const message of groups.flatMap((group) => packBatches(group.frames))) {
      this.#transport?.send(message);
    }
  }

  #perform(effect: ConnectionEffect): void {
    const { tokens, onOversized, onDown } = this.#ports;
    switch (effect.type) {
      case "request-token":
        this.#requestToken();
        return;
      case "open":
        this.#open();
        return;
      case "greet":
        this.send([this.#ports.greeting(this.#token)]);
        return;
      case "ping":
        this.send([encode({ t: "ping" })]);
        return;
      case "refuse-token":
        tokens.refused(effect.code === CLOSE_CODES.tokenExpired ? "expiring" : "refused");
        return;
      case "oversized":
        onOversized();
        return;
      case "drop":
        this.#drop();
        onDown();
        return;
    }
  }

  #requestToken(): void {
    const { tokens, turns } = this.#ports;
    turns.afterwards(() => {
      tokens.request((outcome) => {
        turns.run(() => {
          if ("token" in outcome) this.#token = outcome.token;
          this.handle(
            "token" in outcome ? { type: "token" } : { type: "token-failed", ...outcome },
          );
        });
      });
    });
  }

  #open(): void {
    const { url, openTransport, turns } = this.#ports;
    this.#socketNumber += 1;
    const number = this.#socketNumber;
    const ifCurrent = (task: () => void): void => {
      turns.run(() => {
        if (number === this.#socketNumber) task();
      });
    };
    const lost = (code: number): void => {
      ifCurrent(() => {
        this.handle({ type: "lost", code });
      });
    };
    try {
      this.#transport = openTransport(url, {
        onOpen: () => {
          ifCurrent(() => {
            this.handle({ type: "opened" });
          });
        },
        onMessage: (message) => {
          ifCurrent(() => {
            this.#receive(message, number);
          });
        },
        onClose: lost,
      });
    } catch {
      lost(1006);
    }
  }

  #drop(): void {
    this.#socketNumber += 1;
    this.#outgoing = [];
    this.#transport?.close();
    this.#transport = undefined;
  }

  #receive(message: string, number: number): void {
    this.handle({ type: "received" });
    const frames = readDownFrames(message);
    if (frames === undefined) {
      this.handle({ type: "garbled" });
      return;
    }
    for (const frame of frames) {
      if (number !== this.#socketNumber) return;
      this.#read(frame);
    }
  }

  #read(frame: DownFrame): void {
    const { onWelcome, onFrame } = this.#ports;
    if (frame.t === "bye") this.handle({ type: "bye", after: frame.after });
    else if (frame.t === "ping") this.send([encode({ t: "pong" })]);
    if (frame.t !== "welcome") {
      if (this.#state.status === "live") onFrame(frame);
      return;
    }
    if (this.#state.status !== "greeting") return;
    this.handle({ type: "welcome", heartbeatMs: frame.heartbeatMs });
    const { clock, tokens } = this.#ports;
    tokens.expiresAt(clock.monotonic() + frame.tokenExp - frame.now);
    onWelcome(frame);
  }

  /** One timer for the next deadline of the machine. */
  #keepTime(): void {
    const deadline = nextDeadline(this.#state);
    if (deadline === this.#armedFor) return;
    const { clock, turns } = this.#ports;
    this.#disarm();
    this.#disarm = () => undefined;
    this.#armedFor = deadline;
    if (deadline === undefined) return;
    this.#disarm = clock.after(Math.max(0, deadline - clock.monotonic()), () => {
      this.#armedFor = undefined;
      turns.run(() => {
        this.tick();
      });
    });
  }

  /** Network and wake hints are listened to from the first wish to connect until the end. */
  #followHints(): void {
    if (this.#state.status === "closed") {
      this.#stopHints?.();
      this.#ports.onClosed(this.#state.error);
      return;
    }
    if (this.#state.status === "idle" || this.#stopHints !== undefined) return;
    const { network, turns } = this.#ports;
    const hint = (input: ConnectionInput) => (): void => {
      turns.run(() => {
        this.handle(input);
      });
    };
    const stopChange = network.onChange(hint({ type: "network" }));
    const stopWake = network.onWake(hint({ type: "wake" }));
    this.#stopHints = () => {
      stopChange();
      stopWake();
    };
  }
}

function encode(frame: UpFrame): string {
  return JSON.stringify(frame);
}
