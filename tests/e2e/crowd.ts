import { createChat, requestGuest, type Chat, type Operation } from "@confab/sdk";
import { WebSocket } from "ws";

/**
 * A program that talks in the lobby with the same SDK, from Node: load, and a third pair of eyes.
 */
export class Crowd {
  readonly chat: Chat;
  readonly operations: Operation[] = [];
  #said = 0;

  private constructor(chat: Chat) {
    this.chat = chat;
  }

  static async enter(url: string, name: string): Promise<Crowd> {
    const { token } = await requestGuest({ url, name });
    const chat = createChat({ url, token: () => token, webSocket: WebSocket });
    const crowd = new Crowd(chat);
    chat.room("lobby").open();
    return crowd;
  }

  say(count: number): void {
    for (let time = 0; time < count; time += 1) {
      this.#said += 1;
      this.operations.push(this.chat.room("lobby").send(`crowd ${String(this.#said)}`));
    }
  }

  /** Waits until everything said so far is in the log. */
  async isSettled(): Promise<void> {
    await Promise.all(this.operations.map((operation) => operation.settled));
  }
}
