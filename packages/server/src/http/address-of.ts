import type { Context } from "hono";
import { clientAddress } from "../platform/client-address.js";
import type { HttpEnv } from "./http-env.js";

/** Who a request is counted against. */
export function addressOf(context: Context<HttpEnv>): string {
  const forwardedFor = context.req.header("x-forwarded-for");
  // A test calls the app without a server, and then there is no socket.
  const env = context.env as HttpEnv["Bindings"] | undefined;
  return clientAddress({ remoteAddress: env?.incoming?.socket.remoteAddress, forwardedFor });
}
