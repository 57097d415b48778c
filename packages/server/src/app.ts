import { Hono } from "hono";
import { compress } from "hono/compress";
import type { AllowedOrigins } from "./auth/allowed-origins.js";
import { allowOrigins } from "./http/cors.js";
import { createErrorHandler } from "./http/error-handler.js";
import type { HttpEnv } from "./http/http-env.js";
import { HttpError } from "./http/http-error.js";
import { guestRoutes, type GuestParts } from "./http/routes/guest.js";
import { healthRoutes, type HealthParts } from "./http/routes/health.js";
import { historyRoutes, type HistoryParts } from "./http/routes/history.js";
import { pageRoutes } from "./http/routes/pages.js";
import { withoutSocketRoutes, type WithoutSocketParts } from "./http/routes/without-socket.js";
import { singleMessageRoutes } from "./http/routes/single-messages.js";
import { expectOwnHost } from "./http/own-host.js";
import { setApiHeaders, setCommonHeaders } from "./http/security-headers.js";
import type { Log } from "./telemetry/log.js";

/** Everything the HTTP side is made of. */
export interface AppParts {
  readonly history: HistoryParts;
  readonly withoutSocket: WithoutSocketParts;
  readonly guests: GuestParts;
  readonly health: HealthParts;
  readonly origins: AllowedOrigins;
  /** Files to serve at `/`; without it there are none. */
  readonly publicDirectory: string | undefined;
  readonly log: Log;
}

/** Puts the routes together. WebSockets do not pass through here. */
export function createApp(parts: AppParts): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.onError(createErrorHandler(parts.log));
  app.notFound(() => {
    throw new HttpError("not_found");
  });
  app.use(setCommonHeaders);
  app.use("/v1/*", setApiHeaders, expectOwnHost(parts.origins), allowOrigins(parts.origins));
  app.route("/v1", historyRoutes(parts.history));
  app.route("/v1", withoutSocketRoutes(parts.withoutSocket));
  app.route("/v1", singleMessageRoutes(parts.history));
  app.route("/v1", guestRoutes(parts.guests));
  app.route("/", healthRoutes(parts.health));
  if (parts.publicDirectory !== undefined) {
    app.use(compress());
    app.route("/", pageRoutes(parts.publicDirectory));
  }
  return app;
}
