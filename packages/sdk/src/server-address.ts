import { errorFromCode } from "./errors.js";

/** Where a server is: the base of its HTTP addresses and that of its socket. */
export interface ServerAddress {
  /** Without a slash at the end. */
  readonly http: string;
  readonly socket: string;
}

/** Reads the `url` option: an origin, or the path a server is mounted at. Throws `invalid`. */
export function serverAddress(url: string): ServerAddress {
  const [, secure = "", place] = /^(?:http|ws)(s?):\/\/([^\s/?#][^\s?#]*?)\/*$/i.exec(url) ?? [];
  if (!place) throw errorFromCode("invalid", "use this server address");
  return { http: `http${secure}://${place}`, socket: `ws${secure}://${place}/v1/ws` };
}
