/** Tabs may run two versions of this package: what carries another number is not read. */
const TAB_PROTOCOL_VERSION = 1;

/** What tabs say to each other. It is read, and never said again. */
export type TabMessage =
  /** A tab has come and asks for everything the others have. */
  | { readonly t: "hello" }
  /** All a tab has; what it had before and is not named is gone. */
  | {
      readonly t: "whole";
      readonly ops: readonly unknown[];
      readonly positions: readonly (readonly [string, unknown])[];
      readonly drafts: readonly (readonly [string, unknown])[];
    }
  /** New or changed ops of a tab, and those that left it, with their place in the log if any. */
  | {
      readonly t: "ops";
      readonly put: readonly unknown[];
      readonly gone: readonly (readonly [string, number | null])[];
    }
  | { readonly t: "position"; readonly room: string; readonly position: unknown }
  | { readonly t: "draft"; readonly place: string; readonly draft: unknown }
  /** Is the tab `to` there? It answers with all it has. */
  | { readonly t: "who"; readonly to: string }
  /** Somebody wants something done with an op of the tab `to`. */
  | { readonly t: "ask"; readonly to: string; readonly request: unknown }
  | { readonly t: "bye" }
  /** The user signed out at this time, in Unix milliseconds: nothing is kept any more. */
  | { readonly t: "forget"; readonly at: number };

/** A message and the tab it is from. */
export interface TabLetter {
  readonly from: string;
  readonly message: TabMessage;
}

/** A letter as it travels. */
export function writeLetter(from: string, message: TabMessage): unknown {
  return { v: TAB_PROTOCOL_VERSION, from, message };
}

/** A letter as it arrived; nothing when it is of another version. */
export function readLetter(data: unknown): TabLetter | undefined {
  const { v, from, message } = (data ?? {}) as Partial<TabLetter> & { readonly v?: unknown };
  if (v !== TAB_PROTOCOL_VERSION || typeof from !== "string") return undefined;
  return typeof message?.t === "string" ? { from, message } : undefined;
}
