import { createContext } from "@lit/context";
import type { ChatAccess } from "./identity/chat-access.js";

/** What a `<chat-provider>` gives to the rooms inside it. */
export interface ProvidedAccess extends ChatAccess {
  readonly locale: string | undefined;
  readonly timeZone: string | undefined;
}

/**
 * A named symbol as its key, so that two copies of this package on one page understand each
 * other.
 */
export const accessContext = createContext<ProvidedAccess | undefined>(
  Symbol.for("confab.access.v1"),
);
