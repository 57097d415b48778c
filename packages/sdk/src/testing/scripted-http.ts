import type { HttpAnswer, HttpClient, HttpRequest } from "../platform/http.js";

/** A request the test has to answer. */
export interface OpenRequest {
  readonly request: HttpRequest;
  readonly answer: (answer: HttpAnswer) => void;
}

/** HTTP whose every answer is given by a test. */
export class ScriptedHttp {
  /** Every request so far, oldest first. */
  readonly requests: OpenRequest[] = [];

  /** Give this to the platform. */
  readonly client: HttpClient = (request, answer) => {
    this.requests.push({ request, answer });
  };

  /** The newest request. Throws when there was none. */
  get last(): OpenRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error("no request was made");
    return request;
  }
}
