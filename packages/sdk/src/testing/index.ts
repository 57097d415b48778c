export type { ChatPlatform } from "../chat-platform.js";
export { httpTransport, type HttpTransportPlatform } from "../connection/http-transport.js";
export type { OpenTransport, Transport, TransportHandlers } from "../connection/transport.js";
export { createChatWith } from "../create-chat-with.js";
export type { Clock } from "../platform/clock.js";
export type { HttpAnswer, HttpClient, HttpRequest } from "../platform/http.js";
export { makeOpId } from "../platform/make-id.js";
export type { Network } from "../platform/network.js";
export type { Random } from "../platform/random.js";
export { ScriptedHttp, type OpenRequest } from "./scripted-http.js";
export { ScriptedNetwork } from "./scripted-network.js";
export { ScriptedPlatform } from "./scripted-platform.js";
export {
  SampleLog,
  sampleId,
  sampleWelcome,
  type SampleChange,
  type SampleMessage,
  type SamplePlace,
} from "./sample-log.js";
export { sampleRows } from "./sample-rows.js";
export { ScriptedTransport, type ScriptedSocket } from "./scripted-transport.js";
export { SeededRandom } from "./seeded-random.js";
export { VirtualBrowser, type VirtualBrowserOptions } from "./virtual-browser.js";
export { VirtualClock } from "./virtual-clock.js";
export type { VirtualLink, VirtualPeer, VirtualPeerHandlers } from "./virtual-link.js";
export { VirtualNetwork, type AcceptPeer, type VirtualNetworkOptions } from "./virtual-network.js";
export type { VirtualTab } from "./virtual-tab.js";
