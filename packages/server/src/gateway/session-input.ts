import type { DecodedFrame } from "./decode-frame.js";
import type { SessionInput } from "./session-state.js";

/** `Omit` that keeps a union a union. */
type WithoutTime<Input> = Input extends unknown ? Omit<Input, "at"> : never;

/** An input before the session adds the time to it. */
export type UntimedInput = WithoutTime<SessionInput>;

/** What a frame means to the machine. */
export function inputOf(decoded: DecodedFrame): UntimedInput {
  switch (decoded.type) {
    case "hello":
      return { type: "hello", version: decoded.frame.v };
    case "foreign-hello":
      return { type: "hello", version: decoded.version };
    case "frame":
      return { type: decoded.frame.t === "auth" ? "auth" : "frame" };
    case "unknown":
      return { type: "unknown-frame" };
    case "bad":
      return { type: "bad-frame" };
  }
}
