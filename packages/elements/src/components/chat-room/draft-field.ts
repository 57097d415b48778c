import type { Room } from "@confab/sdk";

/** The field of a composer. */
interface Field {
  draft: string;
}

/**
 * Puts the draft of the room into the field: when it is another room or another field, and when
 * the draft was changed in another tab.
 */
export class DraftField {
  #room: Room | undefined;
  #field: Field | undefined;
  #text = "";

  /** Shows the draft, unless it stands there. */
  show(field: Field | null, room: Room | undefined, text: string): void {
    if (!field || !room) return;
    if (room === this.#room && field === this.#field && text === this.#text) return;
    this.#room = room;
    this.#field = field;
    this.#text = text;
    field.draft = text;
  }
}
