/** What a transport reports. Nothing is reported after `close()` was called or `onClose` ran. */
export interface TransportHandlers {
  onOpen(): void;
  /** One whole message; the empty text stands for one that was not text. */
  onMessage(message: string): void;
  /**
   * The line is gone, or could never be made; `code` is the close code, 1000–1015 when the network
   * decided.
   */
  onClose(code: number): void;
}

/** One line to the server: one attempt, one life. [H5] */
export interface Transport {
  /**
   * Hands over one message. On a line that is not open it is lost, which the outbox knows how to
   * repair.
   */
  send(message: string): void;
  /** Ends the line. From here on it reports nothing, whatever the network still delivers. [V2] */
  close(): void;
}

/** Starts one attempt; never throws. The handlers run later, not during the call. */
export type OpenTransport = (url: string, handlers: TransportHandlers) => Transport;
