import { ERROR_CODES, syncQuerySchema, type ErrorCode, type UpFrame } from "@confab/sdk/protocol";
import type { HttpAnswer, HttpRequest } from "@confab/sdk/testing";
import type { Authenticator, ChatCore, Done, RoomView } from "@confab/server/testing";
import { PageChecker } from "./page-checker.js";
import { WireChecker } from "./wire-checker.js";
import type { World } from "./world.js";

type Answer = (answer: HttpAnswer) => void;
type PolledAnswer = Parameters<Parameters<ChatCore["polling"]["post"]>[2]>[0];

/** The server's routes without HTTP around them; everything is checked on its way out. */
export class ServerHttp {
  readonly #world: World;
  readonly #core: ChatCore;
  readonly #authenticator: Authenticator;
  readonly #pages: PageChecker;

  constructor(world: World, core: ChatCore, authenticator: Authenticator) {
    this.#world = world;
    this.#core = core;
    this.#authenticator = authenticator;
    this.#pages = new PageChecker(world);
  }

  /** Answers a request; the function it returns ends what waits for news. */
  handle(request: HttpRequest, answer: Answer): () => void {
    const url = new URL(request.url);
    const token = request.token ?? "";
    if (url.pathname === "/v1/sync") return this.#sync(token, url, answer);
    if (url.pathname === "/v1/ops") return this.#post(token, request.body, answer);
    this.#authenticator.authenticate(token, (authentication) => {
      if (!authentication.ok) return answer(refusal("unauthenticated"));
      const room = url.pathname.split("/")[3] ?? "";
      this.#core.rooms.view(authentication.principal, room, (view) => {
        if (!view.ok) return answer(refusal("unavailable"));
        if (view.value === undefined) return answer(refusal("not_found"));
        this.#read(view.value, url, answer);
      });
    });
    return () => undefined;
  }

  /** `GET /v1/sync`: everything a socket would have been sent. */
  #sync(token: string, url: URL, answer: Answer): () => void {
    const query = syncQuerySchema.parse(Object.fromEntries(url.searchParams));
    const checker = this.#heard(token, [], query.rooms);
    return this.#core.polling.sync(token, query, (given) => {
      this.#world.counters.add("question answered without a socket");
      this.#give(checker, given, answer);
    });
  }

  /** `POST /v1/ops`: the outcomes of what is posted. */
  #post(token: string, body: unknown, answer: Answer): () => void {
    const checker = this.#heard(token, body as UpFrame[], {});
    checker.greeted();
    return this.#core.polling.post(token, JSON.stringify(body), (given) => {
      this.#world.counters.add("ops posted without a socket");
      this.#give(checker, given, answer);
    });
  }

  #heard(token: string, frames: readonly UpFrame[], rooms: object): WireChecker {
    const checker = new WireChecker(this.#world);
    const hello = { t: "hello", v: 1, token, client: "http", sdk: "", caps: [], rooms };
    for (const frame of [hello as UpFrame, ...frames]) checker.received(frame);
    return checker;
  }

  #give(checker: WireChecker, given: PolledAnswer, answer: Answer): void {
    if (!given.ok) return answer(refusal(given.code, given.retryAfterMs));
    for (const frame of given.frames) {
      this.#world.check(() => {
        checker.sent(frame);
      });
    }
    answer({ status: 200, body: given.frames });
  }

  #read(view: RoomView, url: URL, answer: Answer): void {
    const [, , , room = "", part, id = "", sub] = url.pathname.split("/");
    const { sync } = this.#core;
    const before = url.searchParams.get("before");
    const query = { limit: 50, ...(before === null ? {} : { before: Number(before) }) };
    const told = <Value>(check: (value: Value) => void): Done<Value | undefined> => {
      return (result) => {
        if (!result.ok) return answer(refusal("unavailable"));
        const { value } = result;
        if (value === undefined) return answer(refusal("not_found"));
        this.#world.check(() => {
          check(value);
        });
        answer({ status: 200, body: value });
      };
    };
    if (part === "messages" && id === "") {
      sync.readPage(
        view,
        query,
        told((page) => {
          this.#pages.history(room, query, page);
        }),
      );
    } else if (part === "messages" && sub === undefined) {
      sync.readMessage(
        view,
        id,
        told((row) => {
          this.#pages.message(room, row);
        }),
      );
    } else if (part === "threads") {
      sync.readThread(
        view,
        id,
        query,
        told((page) => {
          this.#pages.thread(room, query, page);
        }),
      );
    } else if (part === "pins") {
      sync.readPins(
        view,
        told((page) => {
          this.#pages.pins(room, page);
        }),
      );
    } else answer(refusal("not_found"));
  }
}

function refusal(code: ErrorCode, retryAfterMs?: number): HttpAnswer {
  const { httpStatus } = ERROR_CODES[code] as { httpStatus?: number };
  return { status: httpStatus ?? 500, body: { error: { code, retryAfterMs } } };
}
