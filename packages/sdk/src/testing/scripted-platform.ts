import type { ChatPlatform } from "../chat-platform.js";
import { httpTransport } from "../connection/http-transport.js";
import { ScriptedHttp } from "./scripted-http.js";
import { ScriptedNetwork } from "./scripted-network.js";
import { ScriptedTransport } from "./scripted-transport.js";
import { SeededRandom } from "./seeded-random.js";
import { VirtualClock } from "./virtual-clock.js";

/** A platform that does nothing by itself: a test plays the network and moves the time. */
export class ScriptedPlatform implements ChatPlatform {
  readonly clock = new VirtualClock();
  readonly random: SeededRandom;
  readonly network = new ScriptedNetwork();
  readonly line = new ScriptedTransport();
  readonly requests = new ScriptedHttp();
  /** Exceptions of the application's listeners. */
  readonly reported: unknown[] = [];

  constructor(seed: number | string = 1) {
    this.random = new SeededRandom(seed);
  }

  readonly http: ChatPlatform["http"] = (request, done) => this.requests.client(request, done);

  readonly openTransport: ChatPlatform["openTransport"] = (url, handlers) =>
    this.line.openTransport(url, handlers);

  readonly openHttpTransport = httpTransport(this);

  readonly report = (error: unknown): void => {
    this.reported.push(error);
  };
}
