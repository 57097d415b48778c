import { ChatError } from "./errors.js";

/** Where a server is: the base of its HTTP addresses and that of its socket. */
export interface ServerAddress {
  /** Without a slash at the end. */
  readonly http: string;
  readonly socket: string;
}

/** Reads the `url` option: an origin, or the path a server is mounted at. Throws `invalid`. */
export function serverAddress(url: string): ServerAddress {
  const parsed = parse(url);
  const isSecure = parsed?.protocol === "https:" || parsed?.protocol === "wss:";
  const isPlain = parsed?.protocol === "http:" || parsed?.protocol === "ws:";
  if (parsed === undefined || !(isSecure || isPlain) || parsed.host === "") {
    throw new ChatError("invalid", "unable to use the server address; it is not an http(s) URL");
  }
  const place = `${parsed.host}${parsed.pathname.replace(/\/+$/, "")}`;
  return {
    http: `${isSecure ? "https" : "http"}://${place}`,
    socket: `${isSecure ? "wss" : "ws"}://${place}/v1/ws`,
  };
}

function parse(url: string): URL | undefined {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
}
