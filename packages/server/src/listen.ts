import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { StartError } from "./platform/start-error.js";

/** Where to listen. Port zero takes any free one. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** Host names that stand for "this machine", under which nobody would look for it. */
const UNSPECIFIC_HOSTS = new Set(["127.0.0.1", "0.0.0.0", "::1", "::"]);

/**
 * Starts to listen, and tells the address people can open. @throws StartError when the port or the
 * address cannot be used.
 */
export function listen(server: Server, { host, port }: ListenAddress): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => {
      reject(new StartError(explain(error, host, port), { cause: error }));
    };
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      const { port: actualPort } = server.address() as AddressInfo;
      resolve(`http://${displayHost(host)}:${String(actualPort)}`);
    });
  });
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  const where = `${displayHost(host)}:${String(port)}`;
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${String(port)} is in use. Stop the other program, or set PORT to another port.`;
    case "EACCES":
      return `Port ${String(port)} needs more rights. Set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `${host} is not an address of this machine. Check HOST.`;
    default:
      return `Cannot listen on ${where} (${error.code ?? error.message}). Check HOST and PORT.`;
  }
}

function displayHost(host: string): string {
  if (UNSPECIFIC_HOSTS.has(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
