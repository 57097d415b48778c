import { expect } from "@open-wc/testing";
import "../../define/chat-typing.js";
import { mount, settled } from "../../testing/mount.js";
import { textOf, within } from "../../testing/query.js";
import type { ChatTyping } from "./chat-typing.js";

describe("chat-typing", () => {
  let typing: ChatTyping;

  beforeEach(async () => {
    typing = document.createElement("chat-typing");
    await mount(typing);
  });

  async function lineOf(...names: string[]): Promise<string> {
    typing.names = names;
    await settled(typing);
    return textOf(within(typing, ".line"));
  }

  it("names one and two, and counts nobody beyond", async () => {
    expect(await lineOf()).to.equal("");
    expect(await lineOf("Ana")).to.equal("Ana is typing");
    expect(await lineOf("Ana", "Bo")).to.equal("Ana and Bo are typing");
    expect(await lineOf("Ana", "Bo", "Chidi")).to.equal("Several people are typing");
  });

  it("always has its place, so that nothing moves", async () => {
    await lineOf();
    const before = typing.getBoundingClientRect().height;
    expect(before).to.be.greaterThan(0);
    await lineOf("Ana");
    expect(typing.getBoundingClientRect().height).to.equal(before);
  });

  it("interrupts nobody who listens", async () => {
    await lineOf("Ana");
    expect(typing.shadowRoot?.querySelectorAll("[aria-live], [role=status]").length).to.equal(0);
  });
});
