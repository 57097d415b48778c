import { atom, type ReadableAtom } from "nanostores";
import type { ChatError } from "../errors.js";
import type { Operation, OperationStatus } from "../operation.js";
import { setSafely } from "../set-safely.js";

/** The operation as its author holds it; the outbox drives it. */
export class OperationHandle implements Operation {
  readonly id: string;
  readonly #status = atom<OperationStatus>({ status: "pending" });
  readonly #report: (error: unknown) => void;
  #abandoned: ChatError | undefined;
  #settled: Promise<{ readonly seq: number; readonly at: number }> | undefined;
  #rejectSettled: (error: ChatError) => void = () => undefined;

  constructor(id: string, report: (error: unknown) => void) {
    this.id = id;
    this.#report = report;
  }

  get $status(): ReadableAtom<OperationStatus> {
    return this.#status;
  }

  /**
   * Made when first asked for, so that a refusal nobody waits for is not an unhandled rejection.
   */
  get settled(): Promise<{ readonly seq: number; readonly at: number }> {
    this.#settled ??= new Promise((resolve, reject) => {
      this.#rejectSettled = reject;
      if (this.#abandoned !== undefined) reject(this.#abandoned);
      const stop = this.#status.subscribe((current) => {
        if (current.status === "acked") resolve({ seq: current.seq, at: current.at });
        if (current.status === "failed") reject(current.error);
      });
      if (this.#status.get().status !== "pending") stop();
    });
    return this.#settled;
  }

  set(status: OperationStatus): void {
    setSafely(this.#status, status, this.#report);
  }

  /**
   * The client was closed before an answer came: whoever waits is told, though the outcome stays
   * open.
   */
  abandon(error: ChatError): void {
    if (this.#status.get().status !== "pending") return;
    this.#abandoned = error;
    this.#rejectSettled(error);
  }
}
