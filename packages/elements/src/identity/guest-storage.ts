/**
 * Where a guest's identity is kept: `session` for as long as the tab lives, reloads included;
 * `local` for this browser; `memory` until the page is left.
 */
export type GuestStorageKind = "session" | "local" | "memory";

/** A guest as kept between two visits. */
export interface KeptGuest {
  readonly token: string;
  /** Unix milliseconds. */
  readonly expiresAt: number;
  readonly id: string;
  readonly name: string;
}

/** Keeps one guest per server. */
export interface GuestStorage {
  read(): KeptGuest | undefined;
  write(guest: KeptGuest | undefined): void;
}

/**
 * Storage of this kind for one server. Where the browser forbids storage, it keeps the guest in
 * memory.
 */
export function guestStorageFor(server: string, kind: GuestStorageKind): GuestStorage {
  const key = `confab:guest:${server}`;
  let inMemory: KeptGuest | undefined;
  return {
    read() {
      const text = attempt(() => areaOf(kind)?.getItem(key) ?? undefined);
      return inMemory ?? (text === undefined ? undefined : parseGuest(text));
    },
    write(guest) {
      inMemory = guest;
      attempt(() => {
        if (guest === undefined) areaOf(kind)?.removeItem(key);
        else areaOf(kind)?.setItem(key, JSON.stringify(guest));
      });
    },
  };
}

function areaOf(kind: GuestStorageKind): Storage | undefined {
  if (kind === "memory") return undefined;
  return kind === "local" ? localStorage : sessionStorage;
}

/**
 * Reading `localStorage` alone throws where cookies are blocked, and writing throws where the
 * space is used up.
 */
function attempt<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}

/** What other code left under our key is no guest. */
function parseGuest(text: string): KeptGuest | undefined {
  const value = attempt(() => JSON.parse(text) as unknown);
  if (typeof value !== "object" || value === null) return undefined;
  const { token, expiresAt, id, name } = value as Record<string, unknown>;
  if (typeof token !== "string" || typeof expiresAt !== "number") return undefined;
  if (typeof id !== "string" || typeof name !== "string") return undefined;
  return { token, expiresAt, id, name };
}
