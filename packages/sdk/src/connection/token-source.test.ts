import { describe, expect, it, vi } from "vitest";
import { ChatError } from "../errors.js";
import { VirtualClock } from "../testing/virtual-clock.js";
import { Turns } from "../turns.js";
import { TokenSource, type TokenOutcome, type TokenProvider } from "./token-source.js";

function sourceOf(provider: TokenProvider) {
  const clock = new VirtualClock();
  const turns = new Turns(() => undefined, vi.fn());
  const source = new TokenSource(provider, clock, turns);
  const outcomes: TokenOutcome[] = [];
  const ask = (): void => {
    turns.run(() => {
      source.request((outcome) => outcomes.push(outcome));
    });
  };
  return { clock, source, outcomes, ask };
}

/** A provider whose answers the test gives. */
function heldProvider() {
  const questions: { resolve: (token: string) => void; reject: (cause: unknown) => void }[] = [];
  const provider = vi.fn<TokenProvider>(
    () => new Promise((resolve, reject) => questions.push({ resolve, reject })),
  );
  return { provider, questions };
}

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("TokenSource", () => {
  it("[V4] asks the application once for all who wait, and keeps the token", async () => {
    const { provider, questions } = heldProvider();
    const { ask, outcomes, source } = sourceOf(provider);
    ask();
    ask();
    expect(provider.mock.calls).toEqual([["initial"]]);
    questions[0]?.resolve("a");
    await settle();
    expect(outcomes).toEqual([{ token: "a" }, { token: "a" }]);
    source.expiresAt(99_000);
    ask();
    expect(outcomes).toHaveLength(3);
    expect(provider).toHaveBeenCalledOnce();
  });

  it("[V4] takes a token that is given at once", () => {
    const { ask, outcomes } = sourceOf(() => "a");
    ask();
    expect(outcomes).toEqual([{ token: "a" }]);
  });

  it("[V4] gives the application 10 s, and drops what comes later", async () => {
    const { provider, questions } = heldProvider();
    const { ask, outcomes, clock } = sourceOf(provider);
    ask();
    clock.advance(9_999);
    expect(outcomes).toEqual([]);
    clock.advance(1);
    expect(outcomes).toMatchObject([{ error: { code: "token_provider" }, isFinal: false }]);
    ask();
    questions[0]?.resolve("late");
    await settle();
    expect(outcomes).toHaveLength(1);
    questions[1]?.resolve("fresh");
    await settle();
    expect(outcomes[1]).toEqual({ token: "fresh" });
  });

  it("[V4] uses no token that was refused or has less than 30 s, and says why it asks", () => {
    const provider = vi.fn<TokenProvider>(() => "a");
    const { ask, source, clock } = sourceOf(provider);
    ask();
    source.expiresAt(60_000);
    clock.advance(29_999);
    ask();
    clock.advance(1);
    ask();
    source.refused("refused");
    ask();
    expect(provider.mock.calls).toEqual([["initial"], ["expiring"], ["refused"]]);
  });

  it("[V4] uses a token that lives shorter than a minute for half of its life", () => {
    const provider = vi.fn<TokenProvider>(() => "a");
    const { ask, source, clock } = sourceOf(provider);
    clock.advance(7_000);
    ask();
    source.expiresAt(11_000);
    clock.advance(1_999);
    source.expiresAt(11_000);
    ask();
    expect(provider).toHaveBeenCalledOnce();
    clock.advance(1);
    ask();
    expect(provider).toHaveBeenCalledTimes(2);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("no");
      },
    ],
    ["rejects", () => Promise.reject(new Error("no"))],
    ["rejects with nothing", () => Promise.reject(undefined as unknown as Error)],
    ["gives nothing", () => ""],
    ["gives something else", () => Promise.resolve(42 as unknown as string)],
    ["gives null", () => null as unknown as string],
  ] satisfies [string, TokenProvider][])("bears an application that %s", async (_, provider) => {
    const { ask, outcomes } = sourceOf(provider);
    ask();
    await settle();
    expect(outcomes).toMatchObject([{ error: { code: "token_provider" }, isFinal: false }]);
    ask();
    await settle();
    expect(outcomes).toHaveLength(2);
  });

  it("takes a ChatError that says never as the application's last word", async () => {
    const final = new ChatError("forbidden", "unable to become a guest; you may not");
    const { ask, outcomes } = sourceOf(() => Promise.reject(final));
    ask();
    await settle();
    expect(outcomes).toEqual([{ error: final, isFinal: true }]);
    const passing = new ChatError("network", "unable to become a guest; no answer");
    const other = sourceOf(() => Promise.reject(passing));
    other.ask();
    await settle();
    expect(other.outcomes).toMatchObject([{ isFinal: false, error: { cause: passing } }]);
  });

  it("[V4] when closed, nobody hears an answer on its way and no timer is left", async () => {
    const { provider, questions } = heldProvider();
    const { ask, outcomes, clock, source } = sourceOf(provider);
    ask();
    source.close();
    questions[0]?.resolve("late");
    await settle();
    expect(outcomes).toEqual([]);
    expect(clock.runUntilIdle(0)).toBe(true);
  });
});
