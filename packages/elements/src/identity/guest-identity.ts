import { isChatError, requestGuest, type TokenReason } from "@confab/sdk";
import { clock } from "../platform/clock.js";
import {
  guestStorageFor,
  type GuestStorage,
  type GuestStorageKind,
  type KeptGuest,
} from "./guest-storage.js";

/** A token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000;

const identities = new Map<string, GuestIdentity>();

/**
 * Who a visitor without an account is on one server: shared by all rooms of a page that keep it
 * in the same place.
 */
export class GuestIdentity {
  readonly #server: string;
  readonly #storage: GuestStorage;
  readonly #listeners = new Set<() => void>();
  #guest: KeptGuest | undefined;
  #lastName = "";
  #renewal: Promise<string> | undefined;

  constructor(server: string, storage: GuestStorage) {
    this.#server = server;
    this.#storage = storage;
    this.#guest = storage.read();
    this.#lastName = this.#guest?.name ?? "";
  }

  /** The identity of this page for a server and a place to keep it. */
  static of(server: string, kind: GuestStorageKind): GuestIdentity {
    const key = `${kind} ${server}`;
    const known = identities.get(key);
    if (known) return known;
    const made = new GuestIdentity(server, guestStorageFor(server, kind));
    identities.set(key, made);
    return made;
  }

  /** The guest, or undefined while the visitor has not given a name. */
  get guest(): KeptGuest | undefined {
    return this.#guest;
  }

  /** The name last used here, to offer it again. */
  get lastName(): string {
    return this.#lastName;
  }

  /** Calls the listener on every change; returns the function that stops. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Becomes a guest of this name. Rejects with a `ChatError` when the server refuses. */
  async join(name: string): Promise<void> {
    await this.#request(name);
  }

  /**
   * A token to connect with; a new one, for the same guest, when the old one is over or was
   * refused. [V4]
   */
  async token(reason: TokenReason): Promise<string> {
    const guest = this.#guest;
    if (!guest) throw new Error("unable to give a token; nobody has joined");
    const isFresh = guest.expiresAt - clock.now() > RENEW_BEFORE_MS;
    if (reason === "initial" && isFresh) return guest.token;
    return this.renew();
  }

  /**
   * A new token for the same guest; when the server no longer knows the old one, a new guest of
   * the same name.
   */
  renew(): Promise<string> {
    this.#renewal ??= this.#renew().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** Is nobody again. */
  forget(): void {
    this.#keep(undefined);
  }

  async #renew(): Promise<string> {
    const name = this.#lastName;
    try {
      return await this.#request(name, this.#guest?.token);
    } catch (error) {
      if (!isChatError(error) || error.retry !== "refresh-token") throw error;
      return this.#request(name);
    }
  }

  async #request(name: string, token?: string): Promise<string> {
    const answer = await requestGuest({
      url: this.#server,
      name,
      ...(token === undefined ? {} : { token }),
    });
    const { id, name: given } = answer.user;
    this.#keep({ token: answer.token, expiresAt: answer.expiresAt, id, name: given });
    return answer.token;
  }

  #keep(guest: KeptGuest | undefined): void {
    this.#guest = guest;
    this.#lastName = guest?.name ?? this.#lastName;
    this.#storage.write(guest);
    for (const listener of [...this.#listeners]) listener();
  }
}
