import { expect } from "@open-wc/testing";
import "../../define/chat-message.js";
import { message } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, labelOf, textOf, within } from "../../testing/query.js";
import type { ChatMessage } from "./chat-message.js";

describe("chat-message", () => {
  let element: ChatMessage;

  beforeEach(async () => {
    element = document.createElement("chat-message");
    element.timeZone = "UTC";
    element.locale = "en-GB";
    element.message = message({ body: "Hello" });
    await mount(element);
  });

  it("shows one message by itself, in both layouts", async () => {
    for (const layout of ["flat", "bubbles"] as const) {
      element.layout = layout;
      await settled(element);
      expect(labelOf(within(element, "[role=article]"))).to.equal("Ada Lindqvist Hello 10:01");
      expect(textOf(within(element, ".avatar"))).to.equal("AL");
      expect(allWithin(element, "time").length).to.equal(1);
      await expect(element).to.be.accessible();
    }
  });

  it("marks guests and bots by what they are, not by how they call themselves", async () => {
    expect(allWithin(element, ".kind").length).to.equal(0);
    element.message = message({ author: { name: "Admin", kind: "guest" } });
    await settled(element);
    expect(textOf(within(element, ".kind"))).to.equal("Guest");
  });

  it("reads a text in its own direction", async () => {
    element.message = message({ body: "مرحبا" });
    await settled(element);
    expect(getComputedStyle(within(element, ".text")).direction).to.equal("rtl");
  });

  it("shows nothing without a message", async () => {
    element.message = undefined;
    await settled(element);
    expect(element.shadowRoot?.childElementCount).to.equal(0);
  });
});
