import type { HttpBindings } from "@hono/node-server";

/** What our handlers find in Hono's context. Absent when the app is called without a server. */
export interface HttpEnv {
  Bindings: Partial<HttpBindings>;
}
