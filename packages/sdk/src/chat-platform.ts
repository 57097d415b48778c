import type { OpenTransport } from "./connection/transport.js";
import type { Clock } from "./platform/clock.js";
import type { HttpClient } from "./platform/http.js";
import type { Network } from "./platform/network.js";
import type { Random } from "./platform/random.js";
import type { LoadStorage } from "./storage/user-storage.js";

/** Everything the core takes from the world. A simulation passes its own. */
export interface ChatPlatform {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly http: HttpClient;
  readonly openTransport: OpenTransport;
  /** Carries the same frames where sockets fail. */
  readonly openHttpTransport: OpenTransport;
  /** Loads what keeps things in this browser; without it everything ends with the page. */
  readonly loadStorage?: LoadStorage | undefined;
  /** Told of every exception an application's listener threw; must not throw itself. [L8] */
  readonly report: (error: unknown) => void;
}
