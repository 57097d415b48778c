import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { basename, join } from "node:path";

/** Longer than the 32 bytes a server asks for. */
const SECRET_BYTES = 48;

const PAGE = `<!doctype html><meta charset="utf-8"><title>chaos</title>
<script type="module" src="/page-client.js"></script>`;

/**
 * The site the chat is embedded in: it serves the page and signs its users' tokens, and is never
 * in trouble itself.
 */
export class PageServer {
  readonly url: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.url = `http://127.0.0.1:${String(port)}`;
  }

  static async start(pageFolder: string, tokens: HostTokens): Promise<PageServer> {
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://page");
      response.setHeader("access-control-allow-origin", "*");
      if (pathname === "/token") {
        response.end(tokens.for(searchParams.get("user") ?? ""));
        return;
      }
      if (pathname === "/") {
        response.setHeader("content-type", "text/html");
        response.end(PAGE);
        return;
      }
      response.setHeader("content-type", "text/javascript");
      response.end(scriptOf(pageFolder, pathname));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    const address = server.address();
    return new PageServer(server, typeof address === "object" ? (address?.port ?? 0) : 0);
  }

  tokenUrl(user: string): string {
    return `${this.url}/token?user=${encodeURIComponent(user)}`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Signs HS256 tokens by hand, as a host application would with any library. */
export class HostTokens {
  readonly secret = randomBytes(SECRET_BYTES).toString("base64");
  readonly #lifetimeSeconds: number;

  constructor(lifetimeSeconds: number) {
    this.#lifetimeSeconds = lifetimeSeconds;
  }

  for(user: string): string {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { sub: user, name: user, aud: "confab", iat: now };
    const head = encode({ alg: "HS256", typ: "JWT" });
    const body = encode({ ...claims, exp: now + this.#lifetimeSeconds });
    const signature = createHmac("sha256", this.secret).update(`${head}.${body}`);
    return `${head}.${body}.${signature.digest("base64url")}`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function scriptOf(folder: string, pathname: string): string {
  try {
    return readFileSync(join(folder, basename(pathname)), "utf8");
  } catch {
    return "";
  }
}
