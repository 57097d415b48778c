import type { Done } from "../platform/result.js";
import { HttpError } from "./http-error.js";

/** The answer to a call that takes a callback. @throws HttpError `unavailable` when it fails. */
export function answered<Value>(ask: (done: Done<Value>) => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    ask((result) => {
      if (result.ok) resolve(result.value);
      else reject(new HttpError("unavailable"));
    });
  });
}
