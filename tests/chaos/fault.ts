import type { CutKind, Direction } from "../network/proxied-line.js";

/**
 * Something that goes wrong. Shares are of the connections open at that moment; clients and tabs
 * are numbers that are taken modulo how many there are.
 */
export type Fault =
  /** The server's process is ended at once, and started again after a while. */
  | { readonly type: "kill"; readonly downMs: number; readonly restart: "whole" | "killed-early" }
  /** The server is asked to end, and started again. */
  | { readonly type: "deploy"; readonly downMs: number }
  | { readonly type: "pause"; readonly ms: number }
  | { readonly type: "burst"; readonly client: number; readonly ops: number }
  | {
      readonly type: "cut";
      readonly share: number;
      readonly direction: Direction;
      readonly afterBytes: number;
      readonly kind: CutKind;
    }
  | { readonly type: "half-open"; readonly share: number; readonly direction: Direction }
  | {
      readonly type: "stall";
      readonly share: number;
      readonly direction: Direction;
      readonly ms: number;
    }
  | {
      readonly type: "throttle";
      readonly share: number;
      readonly bytesPerSecond: number;
      readonly ms: number;
    }
  | { readonly type: "line-down"; readonly ms: number }
  | { readonly type: "sockets-fail"; readonly ms: number }
  | { readonly type: "client-kill"; readonly client: number; readonly downMs: number }
  | { readonly type: "client-pause"; readonly client: number; readonly ms: number }
  | { readonly type: "tab-reload"; readonly tab: number }
  | { readonly type: "tab-close" | "tab-crash"; readonly tab: number; readonly downMs: number }
  | { readonly type: "tab-offline" | "tab-freeze"; readonly tab: number; readonly ms: number }
  | { readonly type: "backup" }
  /** The newest backup is put back; see `DataDirectory.restore`. */
  | { readonly type: "restore"; readonly generation: "stays" | "back" }
  /** The data moves to a small disk, which is full for a while, again and again. */
  | { readonly type: "small-disk" }
  | { readonly type: "disk-full"; readonly ms: number }
  | { readonly type: "large-disk" }
  | { readonly type: "checkpoint" };

/** A fault, and how long the world is left alone before it. */
export interface Step {
  readonly afterMs: number;
  readonly fault: Fault;
}
