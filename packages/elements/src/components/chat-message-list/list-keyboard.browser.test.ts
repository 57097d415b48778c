import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import "../../define/chat-message-list.js";
import { message, messages } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, within } from "../../testing/query.js";
import type { ChatMessageList } from "./chat-message-list.js";

describe("the keyboard in chat-message-list", () => {
  let list: ChatMessageList;

  beforeEach(async () => {
    list = document.createElement("chat-message-list");
    list.items = messages(1, 40);
    await mount(list);
  });

  const focused = (): string | undefined =>
    (list.shadowRoot?.activeElement as HTMLElement | null)?.dataset["key"];
  const stops = (): (string | undefined)[] =>
    allWithin(list, '[role=article][tabindex="0"]').map((row) => row.dataset["key"]);

  it("is one stop, at first the newest message", async () => {
    expect(stops()).to.deep.equal(["key-40"]);
    await sendKeys({ press: "Tab" });
    expect(focused()).to.equal("key-40");
  });

  it("walks with arrows, Home and End, and stays on the row last visited", async () => {
    list.focusLatest();
    for (const key of ["ArrowUp", "ArrowUp", "ArrowDown"]) await sendKeys({ press: key });
    expect(focused()).to.equal("key-39");
    await sendKeys({ press: "Home" });
    expect(focused()).to.equal("key-1");
    await sendKeys({ press: "ArrowUp" });
    expect(focused()).to.equal("key-1");
    await settled(list);
    expect(stops()).to.deep.equal(["key-1"]);
    await sendKeys({ press: "End" });
    expect(focused()).to.equal("key-40");
  });

  for (const modifier of ["", "Control"]) {
    it(`reaches both ends of a long room with ${modifier} Home and End`, async () => {
      const press = async (key: string): Promise<void> => {
        if (modifier) await sendKeys({ down: modifier });
        await sendKeys({ press: key });
        if (modifier) await sendKeys({ up: modifier });
      };
      list.items = messages(1, 360);
      await settled(list);
      for (let step = 0; step < 30 && focused() !== "key-1"; step += 1) {
        if (focused() === undefined) list.focusLatest();
        await settled(list);
        await press("Home");
        await new Promise((resolve) => setTimeout(resolve, 160));
      }
      expect(focused()).to.equal("key-1");
      await press("End");
      await settled(list);
      expect(focused()).to.equal("key-360");
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(list.atLatest).to.equal(true);
    });
  }

  it("keeps the focused row in view and shows where the focus is", async () => {
    list.focusLatest();
    await sendKeys({ press: "Home" });
    const box = within(list, ".scroller").getBoundingClientRect();
    const row = within(list, '[data-key="key-1"]');
    expect(row.getBoundingClientRect().top).to.be.at.least(box.top);
    expect(getComputedStyle(row).outlineStyle).to.equal("solid");
  });

  it("goes into a message with Enter and comes back with Escape", async () => {
    list.items = [message({ seq: 1 }), message({ seq: 2, body: "see https://a.example" })];
    await settled(list);
    const link = within(list, "a");
    expect(link.tabIndex).to.equal(-1);
    list.focusLatest();
    await sendKeys({ press: "Enter" });
    await settled(list);
    expect(list.shadowRoot?.activeElement).to.equal(link);
    expect(link.tabIndex).to.equal(0);
    await sendKeys({ press: "Escape" });
    await settled(list);
    expect(focused()).to.equal("key-2");
    expect(link.tabIndex).to.equal(-1);
  });

  it("moves to the next newer message when the focused one goes, never to the page", async () => {
    list.focusLatest();
    await sendKeys({ press: "ArrowUp" });
    await settled(list);
    list.items = list.items.filter((item) => item.key !== "key-39");
    await settled(list);
    expect(focused()).to.equal("key-40");
    expect(stops()).to.deep.equal(["key-40"]);
  });

  it("has one stop and no id twice after every change", async () => {
    for (let newest = 41; newest < 60; newest += 1) {
      list.items = messages(newest % 5, newest);
      await settled(list);
      expect(stops().length).to.equal(1);
    }
    const ids = allWithin(list, "[id]").map((element) => element.id);
    expect(new Set(ids).size).to.equal(ids.length);
  });
});
