/** One HTTP request of the SDK. */
export interface HttpRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  /** Goes into `Authorization: Bearer`. */
  readonly token?: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Given up as a network failure after this long, in milliseconds; 15 s unless told. */
  readonly limitMs?: number;
}

/**
 * What came of it: a status with the parsed body (nothing when it was not JSON), or status 0 when
 * there was no answer.
 */
export interface HttpAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly cause?: unknown;
}

/**
 * Sends one request and reports its answer exactly once, later or at once. It never throws, and
 * gives up by itself. The function it returns lets go of the request: nothing is reported then.
 */
export type HttpClient = (request: HttpRequest, done: (answer: HttpAnswer) => void) => () => void;
