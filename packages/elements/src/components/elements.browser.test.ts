import "../define.js";
import { elementContract } from "../testing/element.contract.js";
import { FakeChat } from "../testing/fake-chat.js";
import { message, messages, pendingMessage } from "../testing/message-fixture.js";

elementContract({
  tag: "chat-message",
  prepare: (element) => Object.assign(element, { message: message() }),
});

elementContract({
  tag: "chat-message-list",
  prepare: (element) =>
    Object.assign(element, {
      roomName: "Lobby",
      items: [...messages(1, 8), pendingMessage("p", "mine", 0)],
    }),
});

elementContract({
  tag: "chat-composer",
  prepare: (element) => Object.assign(element, { roomName: "Lobby", value: "Hello" }),
});

elementContract({
  tag: "chat-connection-status",
  prepare: (element) =>
    Object.assign(element, {
      state: { status: "closed", error: { code: "forbidden", retry: "never" } },
    }),
});

elementContract({
  tag: "chat-typing",
  prepare: (element) => Object.assign(element, { names: ["Ana"] }),
});

elementContract({
  tag: "chat-guest-form",
  prepare: (element) => Object.assign(element, { name: "Ada", error: "That will not do." }),
});

elementContract({
  tag: "chat-room",
  prepare: (element) => {
    const chat = new FakeChat();
    chat.room("lobby").$timeline.set(messages(1, 8));
    Object.assign(element, { client: chat.asChat(), room: "lobby" });
  },
});
