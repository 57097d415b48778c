import { expect } from "@open-wc/testing";
import "../../define.js";
import { FakeChat } from "../../testing/fake-chat.js";
import { message, messages } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, within } from "../../testing/query.js";
import type { ChatRoom } from "./chat-room.js";

describe("the size of a room", () => {
  let room: ChatRoom;
  let chat: FakeChat;

  beforeEach(async () => {
    chat = new FakeChat();
    chat.room("lobby").$timeline.set(messages(1, 5));
    room = document.createElement("chat-room");
    room.client = chat.asChat();
    room.room = "lobby";
    await mount(room);
  });

  async function resize(inline: number, block: number): Promise<void> {
    const { style } = room.parentElement as HTMLElement;
    style.inlineSize = `${inline}px`;
    style.blockSize = `${block}px`;
    await settled(room);
  }

  const SIZES: readonly (readonly [number, number])[] = [
    [640, 400],
    [195, 422],
    [320, 256],
  ];

  for (const [inline, block] of SIZES) {
    it(`leaves room for messages above a long draft at ${inline} by ${block}`, async () => {
      await resize(inline, block);
      const composer = within(room, "chat-composer");
      composer.value = "line\n".repeat(13);
      await settled(composer);
      const list = within(room, "chat-message-list").getBoundingClientRect();
      expect(list.height).to.be.at.least(block / 4);
      const bottom = room.getBoundingClientRect().bottom;
      expect(composer.getBoundingClientRect().bottom).to.be.at.most(bottom + 0.5);
      const field = within(composer, "textarea");
      const box = within(composer, ".box").getBoundingClientRect();
      expect(field.getBoundingClientRect().top).to.be.at.least(box.top);
      expect(field.getBoundingClientRect().bottom).to.be.at.most(box.bottom);
      expect(field.scrollHeight).to.be.greaterThan(field.clientHeight);
      expect(box.bottom).to.be.at.most(bottom);
    });
  }

  it("shows the whole field while one line is written, however low it is", async () => {
    await resize(320, 256);
    const composer = within(room, "chat-composer");
    const field = within(composer, "textarea");
    composer.value = "line";
    await settled(composer);
    expect(field.scrollHeight).to.be.at.most(field.clientHeight);
  });

  it("shows the whole of the form for guests in a narrow sidebar", async () => {
    const form = document.createElement("chat-guest-form");
    room.replaceWith(form);
    for (const inline of [280, 195]) {
      (form.parentElement as HTMLElement).style.inlineSize = `${inline}px`;
      await settled(form);
      const edge = form.getBoundingClientRect().right;
      expect(form.scrollWidth).to.be.at.most(form.clientWidth);
      for (const part of ["input", "button"]) {
        const { right, width } = within(form, part).getBoundingClientRect();
        expect(right).to.be.lessThan(edge);
        expect(width).to.be.greaterThan(60);
      }
    }
  });

  it("does not put a time alone on a line that has room beside it", async () => {
    await resize(390, 600);
    for (let length = 20; length < 60; length += 2) {
      chat.room("lobby").$timeline.set([message({ body: "i".repeat(length) })]);
      await settled(room);
      const [row] = allWithin(within(room, "chat-message-list"), ".row");
      const [main, bubble, text, time] = [".main", ".bubble", ".body", "time"].map((part) =>
        row?.querySelector(part)?.getBoundingClientRect(),
      );
      if (!main || !bubble || !text || !time) throw new Error("no row was drawn");
      const isAlone = time.top >= text.bottom - 1 && text.height < 30;
      if (isAlone) expect(main.width - bubble.width).to.be.lessThan(40);
    }
  });
});
