import { PROTOCOL_VERSION } from "@confab/sdk/protocol";
import { Hono } from "hono";
import type { Done } from "../../platform/result.js";
import type { HttpEnv } from "../http-env.js";

/** What the health routes ask. */
export interface HealthParts {
  readonly version: string;
  readonly isDraining: () => boolean;
  /** Succeeds when storage can be read and written. */
  readonly checkStorage: (done: Done<undefined>) => void;
}

/** `/livez`: the process answers. `/readyz`: it can do its work. `/version`: what it is. */
export function healthRoutes({ version, isDraining, checkStorage }: HealthParts): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>();
  routes
    .get("/livez", (context) => context.json({ status: "ok" }))
    .get("/readyz", async (context) => {
      if (isDraining()) return context.json({ status: "draining" }, 503);
      const isUsable = await new Promise<boolean>((resolve) => {
        checkStorage((result) => {
          resolve(result.ok);
        });
      });
      if (!isUsable) return context.json({ status: "storage" }, 503);
      return context.json({ status: "ok" });
    })
    .get("/version", (context) => context.json({ version, protocol: PROTOCOL_VERSION }));
  return routes;
}
