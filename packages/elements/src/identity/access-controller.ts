import { createChat, type Chat } from "@confab/sdk";
import type { ReactiveControllerHost } from "lit";
import type { ChatAccess } from "./chat-access.js";
import { leaseClient, type ClientLease } from "./client-registry.js";
import { GuestIdentity } from "./guest-identity.js";
import type { GuestStorageKind } from "./guest-storage.js";
import { fixedToken, tokenFrom, type TokenSource } from "./token-sources.js";

/**
 * How an element was told who its reader is. The first of getToken, token and tokenUrl counts;
 * else a guest.
 */
export interface AccessOptions {
  /** Origin of the server. */
  readonly server: string;
  readonly getToken: TokenSource | undefined;
  readonly token: string | undefined;
  readonly tokenUrl: string | undefined;
  readonly guestStorage: GuestStorageKind;
  readonly timeZone: string | undefined;
}

const providerIds = new WeakMap<TokenSource, number>();
let nextProviderId = 1;

/** Turns what an element was told into a client shared with the rest of the page. */
export class AccessController implements ChatAccess {
  readonly #host: ReactiveControllerHost;
  #key: string | undefined;
  #options: AccessOptions | undefined;
  #guest: GuestIdentity | undefined;
  #lease: ClientLease | undefined;
  #stopGuest: (() => void) | undefined;
  #stopConnection: (() => void) | undefined;
  #leasedGuestId: string | undefined;
  #hasReplacedGuest = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
  }

  get chat(): Chat | undefined {
    return this.#lease?.chat;
  }

  get guest(): GuestIdentity | undefined {
    return this.#guest;
  }

  /** Uses these options from now on; the same ones again cost nothing. */
  open(options: AccessOptions): void {
    const key = keyOf(options);
    if (key === this.#key) return;
    this.close();
    this.#key = key;
    this.#options = options;
    const source = sourceOf(options);
    if (source) {
      this.#take(key, source);
      return;
    }
    this.#guest = GuestIdentity.of(options.server, options.guestStorage);
    this.#stopGuest = this.#guest.subscribe(() => {
      this.#followGuest();
    });
    this.#followGuest();
  }

  /** Gives everything back. */
  close(): void {
    this.#release();
    this.#stopGuest?.();
    this.#stopGuest = undefined;
    this.#guest = undefined;
    this.#options = undefined;
    this.#key = undefined;
  }

  renew(): void {
    if (this.#guest) this.#guest.forget();
    else this.#lease?.renew();
  }

  /** A client belongs to one guest: another guest gets another one. */
  #followGuest(): void {
    const guest = this.#guest;
    const id = guest?.guest?.id;
    if (id !== this.#leasedGuestId) this.#release();
    if (guest && id !== undefined && !this.#lease) {
      this.#leasedGuestId = id;
      this.#take(`${this.#key ?? ""} ${id}`, (reason) => guest.token(reason), id);
    }
    this.#host.requestUpdate();
  }

  /** `user` is whom the tokens are for, where that is known before there is one. */
  #take(key: string, token: TokenSource, user?: string): void {
    const { server, timeZone } = this.#options ?? {};
    if (server === undefined) return;
    const create = (): Chat =>
      createChat({
        url: server,
        token,
        ...(user !== undefined && { user }),
        ...(timeZone !== undefined && { timeZone }),
      });
    this.#lease = leaseClient(key, create, () => {
      this.#watchConnection();
      this.#host.requestUpdate();
    });
    this.#watchConnection();
  }

  #release(): void {
    this.#stopConnection?.();
    this.#stopConnection = undefined;
    this.#lease?.release();
    this.#lease = undefined;
    this.#leasedGuestId = undefined;
  }

  /**
   * A server that lost its secret knows none of its guests any more. Nobody can sign in again as
   * a guest, so the visitor becomes a new one of the same name, once, and is asked only if that
   * fails too.
   */
  #watchConnection(): void {
    this.#stopConnection?.();
    const { guest, chat } = this;
    if (!guest || !chat) return;
    this.#stopConnection = chat.$connection.subscribe((state) => {
      if (state.status === "live") this.#hasReplacedGuest = false;
      if (state.status !== "closed" || state.error?.code !== "unauthenticated") return;
      if (this.#hasReplacedGuest) return;
      this.#hasReplacedGuest = true;
      void guest.renew().then(
        () => {
          // Another room of this page, or another guest id, may have brought a new client already.
          if (this.chat === chat) this.#lease?.renew();
        },
        () => {
          guest.forget();
        },
      );
    });
  }
}

function sourceOf({ getToken, token, tokenUrl }: AccessOptions): TokenSource | undefined {
  if (getToken) return getToken;
  if (token !== undefined) return fixedToken(token);
  return tokenUrl === undefined ? undefined : tokenFrom(tokenUrl);
}

/** Equal keys mean the same identity on the same server, so one client serves them all. */
function keyOf(options: AccessOptions): string {
  return JSON.stringify([options.server, options.timeZone ?? "", identityOf(options)]);
}

function identityOf({ getToken, token, tokenUrl, guestStorage }: AccessOptions): string {
  if (getToken) return `provider ${providerIdOf(getToken)}`;
  if (token !== undefined) return `token ${token}`;
  return tokenUrl === undefined ? `guest ${guestStorage}` : `url ${tokenUrl}`;
}

function providerIdOf(source: TokenSource): number {
  const id = providerIds.get(source) ?? nextProviderId++;
  providerIds.set(source, id);
  return id;
}
