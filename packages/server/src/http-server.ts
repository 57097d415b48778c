import { getRequestListener } from "@hono/node-server";
import type { Hono } from "hono";
import { createServer, type Server } from "node:http";
import type { HttpEnv } from "./http/http-env.js";
import { systemClock, type Cancel } from "./platform/clock.js";

/** A request that dribbles in is cut off after this; answers may take longer. */
const REQUEST_TIMEOUT_MS = 30_000;

/** So is one whose headers do. */
const HEADERS_TIMEOUT_MS = 10_000;

/**
 * Room for the cursors of as many rooms as one may follow, which `GET /v1/sync` has in its address.
 */
const HEADERS_MAX_BYTES = 65_536;

/** Puts the app behind an HTTP server that does not listen yet. */
export function createHttpServer(app: Hono<HttpEnv>): Server {
  const answer = getRequestListener((request, env) => app.fetch(request, env));
  return createServer(
    {
      requestTimeout: REQUEST_TIMEOUT_MS,
      headersTimeout: HEADERS_TIMEOUT_MS,
      maxHeaderSize: HEADERS_MAX_BYTES,
    },
    (request, response) => void answer(request, response),
  );
}

/** Answers under way have this long to leave. */
const ANSWERS_MAX_MS = 1_000;

/** How often a server that closes looks for connections whose answer has left. */
const IDLE_CHECK_MS = 20;

/**
 * Stops listening, lets answers leave that are under way, and ends every HTTP connection.
 * WebSockets are not its business any more and must be gone.
 */
export function closeHttpServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) {
      resolve();
      return;
    }
    const cancelEnd = systemClock.after(ANSWERS_MAX_MS, () => {
      server.closeAllConnections();
    });
    const cancelChecks = closeIdleOften(server);
    server.close(() => {
      cancelEnd();
      cancelChecks();
      resolve();
    });
  });
}

/** A connection that is kept alive would hold the server open for as long as its client likes. */
function closeIdleOften(server: Server): Cancel {
  let cancel: Cancel;
  const check = (): void => {
    server.closeIdleConnections();
    cancel = systemClock.after(IDLE_CHECK_MS, check);
  };
  check();
  return () => {
    cancel();
  };
}
