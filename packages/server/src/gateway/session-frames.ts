import type { ByeFrame, ErrorFrame } from "@confab/sdk/protocol";
import type { DecodedFrame } from "./decode-frame.js";
import type { GatewayLimits } from "./gateway-limits.js";

/** Refuses a frame, naming the subscription it meant if that can be told. [W4] */
export function badFrameError(decoded: DecodedFrame | undefined): ErrorFrame {
  const { room, ref } = decoded?.type === "bad" ? decoded : {};
  return {
    t: "error",
    code: "bad_frame",
    ...(room === undefined ? {} : { room }),
    ...(ref === undefined ? {} : { ref }),
  };
}

/** Says when to come back after a close with this code. [V6] */
export function byeFrame(code: number, limits: GatewayLimits): ByeFrame {
  return { t: "bye", code, after: [0, limits.returnMaxMs] };
}
