import { loadPart } from "./load-part.js";

/** What keeps things in this browser. A bundle of one file has this module in its own words. */
export const storagePart = loadPart(() => import("./indexeddb.js"));

/** The line without a socket. */
export const httpPart = loadPart(() => import("./connection/http-transport.js"));
