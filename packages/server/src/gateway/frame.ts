import type { DownFrame } from "@confab/sdk/protocol";

/**
 * One encoded frame on its way out. The same object goes to every socket that gets the frame, so
 * its size is counted once, and so is the message it was packed into: sockets that got the same
 * frames in a turn send the same text.
 */
export interface Frame {
  readonly text: string;
  readonly bytes: number;
  packed?: PackedFrames;
}

/** Messages made of a list of frames. */
export interface PackedFrames {
  readonly frames: readonly Frame[];
  readonly messages: readonly string[];
}

/** Wraps a frame that is JSON text already. */
export function frameOfText(text: string): Frame {
  return { text, bytes: Buffer.byteLength(text) };
}

/** Encodes a frame for one socket. */
export function encodeFrame(frame: DownFrame): Frame {
  return frameOfText(JSON.stringify(frame));
}
