import type { OpenTabChannel, TabChannel } from "./tab-channel.js";

const SILENCE: TabChannel = { post: () => undefined, close: () => undefined };

/** A channel by `BroadcastChannel`; where there is none, nothing is carried. */
export const openBroadcastChannel: OpenTabChannel = (name, onMessage) => {
  if (typeof BroadcastChannel !== "function") return SILENCE;
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }) => {
    onMessage(data);
  };
  return {
    post(message) {
      channel.postMessage(message);
    },
    close() {
      channel.onmessage = null;
      channel.close();
    },
  };
};
