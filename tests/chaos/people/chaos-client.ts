import type { ActorReport, Command, Dump } from "../client/command.js";

/** A client that lives many lives, as the driver sees it. */
export interface ChaosClient {
  readonly name: string;
  readonly user: string;
  /** Begins the next life. */
  begin(): Promise<void>;
  /**
   * Ends the life without any warning: a killed process, a closed tab. Nothing happens to one that
   * does not live.
   */
  end(): Promise<void>;
  /** Answers nothing when the client is not there, or does not answer in time. */
  perform(command: Command, maxMs?: number): Promise<unknown>;
}

/** How long a client may take to answer unless said otherwise. */
export const ANSWER_MAX_MS = 5_000;

/** How things stand with a client; nothing when it does not answer. */
export async function reportOf(client: ChaosClient): Promise<ActorReport | undefined> {
  return (await client.perform({ do: "report" })) as ActorReport | undefined;
}

/** Everything a client shows; with `all`, loaded back to the start of every room. */
export async function dumpOf(
  client: ChaosClient,
  extent: "all" | "newest",
  maxMs = ANSWER_MAX_MS,
): Promise<Dump | undefined> {
  if (extent === "all") await client.perform({ do: "load" }, maxMs);
  return (await client.perform({ do: "dump" }, maxMs)) as Dump | undefined;
}
