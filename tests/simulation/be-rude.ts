import type { Chat } from "@confab/sdk";

/** An application that makes a mistake whenever it hears of anything. */
export function beRude(chat: Chat): void {
  const mistake = (): never => {
    throw new Error("a mistake of the application");
  };
  for (const name of ["message", "discontinuity", "op-failed", "auth-error"] as const) {
    chat.on(name, mistake);
  }
  chat.$rooms.listen(mistake);
  chat.$connection.listen(mistake);
}
