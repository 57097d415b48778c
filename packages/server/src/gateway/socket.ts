/**
 * One connection as the gateway sees it. The raw socket hides behind it, and so does a simulated
 * network.
 */
export interface Socket {
  /** Sends one text message. What the network does not take at once is buffered. */
  send(message: string): void;
  /** Bytes handed to `send` that the network has not taken yet. */
  bufferedBytes(): number;
  /** Starts the closing handshake after everything sent. */
  close(code: number, reason: string): void;
  /** Drops the connection and everything buffered, at once. */
  terminate(): void;
  /** Stops reading, so that the sender feels it. */
  pause(): void;
  /** Reads on. */
  resume(): void;
}
