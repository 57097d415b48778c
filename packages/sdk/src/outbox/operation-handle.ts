import type { WritableAtom } from "nanostores";
import { createStore } from "../create-store.js";
import type { ChatError } from "../errors.js";
import type { Operation, OperationStatus } from "../operation.js";

/** The operation as its author holds it; the outbox drives it. */
export class OperationHandle implements Operation {
  readonly id: string;
  readonly $status: WritableAtom<OperationStatus>;
  #abandoned: ChatError | undefined;
  #settled: Operation["settled"] | undefined;
  #reject: (error: ChatError) => void = () => undefined;

  constructor(id: string, report: (error: unknown) => void) {
    this.id = id;
    this.$status = createStore<OperationStatus>({ status: "pending" }, report);
  }

  /** Made when first asked for, so that a refusal nobody waits for is not unhandled. */
  get settled(): Operation["settled"] {
    this.#settled ??= new Promise((resolve, reject) => {
      this.#reject = reject;
      if (this.#abandoned) reject(this.#abandoned);
      this.$status.subscribe((current) => {
        if (current.status === "acked") resolve({ seq: current.seq, at: current.at });
        if (current.status === "failed") reject(current.error);
      });
    });
    return this.#settled;
  }

  /** The client was closed before an answer came: whoever waits is told; the outcome stays open. */
  abandon(error: ChatError): void {
    this.#abandoned = error;
    this.#reject(error);
  }
}
