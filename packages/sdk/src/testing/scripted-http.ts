import type { HttpAnswer, HttpClient, HttpRequest } from "../platform/http.js";

/** A request the test has to answer. */
export interface OpenRequest {
  readonly request: HttpRequest;
  readonly answer: (answer: HttpAnswer) => void;
  /** The client let go of it: an answer is not heard. */
  isCancelled: boolean;
}

/** HTTP whose every answer is given by a test. */
export class ScriptedHttp {
  /** Every request so far, oldest first. */
  readonly requests: OpenRequest[] = [];

  /** Give this to the platform. */
  readonly client: HttpClient = (request, done) => {
    const open: OpenRequest = {
      request,
      isCancelled: false,
      answer: (answer) => {
        if (!open.isCancelled) done(answer);
      },
    };
    this.requests.push(open);
    return () => {
      open.isCancelled = true;
    };
  };

  /** The newest request. Throws when there was none. */
  get last(): OpenRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error("no request was made");
    return request;
  }
}
