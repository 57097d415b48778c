import { isIPv6 } from "node:net";

/** What is known of where a request came from. */
export interface RequestOrigin {
  /** Address of the other end of the TCP connection. */
  readonly remoteAddress: string | undefined;
  /** `X-Forwarded-For`, as it was sent. */
  readonly forwardedFor: string | undefined;
}

/** Groups of an IPv6 address that name a network: one household has all addresses below it. */
const IPV6_NETWORK_GROUPS = 4;

/**
 * Who to count a request against. A proxy on this machine is believed about whom it speaks for, by
 * the last entry, which it added itself; nobody else is believed. IPv6 addresses are taken by their
 * /64.
 */
export function clientAddress({ remoteAddress, forwardedFor }: RequestOrigin): string {
  const peer = (remoteAddress ?? "").replace(/^::ffff:/, "");
  const isLoopback = peer === "::1" || peer.startsWith("127.");
  const forwarded = isLoopback ? forwardedFor?.split(",").at(-1)?.trim() : undefined;
  const address = forwarded === undefined || forwarded === "" ? peer : forwarded;
  return isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = "", tail] = address.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const groups = [...before, ...(tail === undefined ? [] : zeros), ...after];
  return groups.slice(0, IPV6_NETWORK_GROUPS).join(":");
}
