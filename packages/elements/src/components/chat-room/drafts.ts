/** What was written in each room and not sent, for as long as the element lives. */
export class Drafts {
  readonly #texts = new Map<string, string>();

  /** Keeps what stands in the field of the room that is left. */
  keep(roomId: string, text: string): void {
    if (text === "") this.#texts.delete(roomId);
    else this.#texts.set(roomId, text);
  }

  /** What was written in a room before. */
  of(roomId: string): string {
    return this.#texts.get(roomId) ?? "";
  }
}
