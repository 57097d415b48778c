import { spawn, type ChildProcess } from "node:child_process";
import type { Command } from "../client/command.js";
import { ANSWER_MAX_MS, type ChaosClient } from "./chaos-client.js";
import type { ClientPlaces } from "./client-places.js";

interface Answer {
  readonly ref: number;
  readonly value?: unknown;
}

/** A client in a Node process. Its outbox is in memory: a kill takes what was not acked. */
export class NodePerson implements ChaosClient {
  readonly name: string;
  readonly user: string;
  readonly #program: string;
  readonly #places: ClientPlaces;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #child: ChildProcess | undefined;
  #exit: Promise<unknown> = Promise.resolve();
  #lifeCount = 0;
  #ref = 0;

  constructor(user: string, program: string, places: ClientPlaces) {
    this.name = user;
    this.user = user;
    this.#program = program;
    this.#places = places;
  }

  async begin(): Promise<void> {
    await this.end();
    this.#lifeCount += 1;
    const { history, url, tokenUrl, rooms, users, seed } = this.#places;
    const life = this.#life;
    const child = spawn(process.execPath, ["--enable-source-maps", this.#program], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child = child;
    this.#exit = new Promise((resolve) => child.once("exit", resolve));
    child.on("message", (answer: Answer) => this.#take(answer));
    child.on("error", () => undefined);
    const setup = {
      life,
      user: this.user,
      url,
      tokenUrl: tokenUrl(this.user),
      rooms,
      users,
      seed: `${seed}/${life}`,
    };
    child.send({ setup, historyFile: history.fileOf(life) });
  }

  async end(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.kill("SIGKILL");
    await this.#exit;
    this.#places.history.write(this.#life, { type: "ended", how: "hard" });
  }

  /** Stops the process for a while: it reads nothing, and its timers come late. */
  async pause(ms: number): Promise<void> {
    const child = this.#child;
    child?.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, ms));
    child?.kill("SIGCONT");
  }

  async perform(command: Command, maxMs = ANSWER_MAX_MS): Promise<unknown> {
    const child = this.#child;
    if (child?.connected !== true) return undefined;
    this.#ref += 1;
    const ref = this.#ref;
    return new Promise((resolve) => {
      const tooLate = setTimeout(() => this.#take({ ref }), maxMs);
      this.#waiting.set(ref, (value) => {
        clearTimeout(tooLate);
        resolve(value);
      });
      child.send({ ref, command }, () => undefined);
    });
  }

  get #life(): string {
    return `${this.name}.${String(this.#lifeCount)}`;
  }

  #take({ ref, value }: Answer): void {
    this.#waiting.get(ref)?.(value);
    this.#waiting.delete(ref);
  }
}
