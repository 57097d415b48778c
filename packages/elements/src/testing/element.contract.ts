import { expect } from "@open-wc/testing";
import { emulateMedia } from "@web/test-runner-commands";
import type { ChatElement } from "../chat-element.js";
import { mount, settled } from "./mount.js";

/** One element as the contract needs it. */
export interface ElementSubject {
  readonly tag: string;
  /** Gives the element something to show. */
  prepare(element: ChatElement): void;
}

/** What every element of this package keeps, whatever it shows. */
export function elementContract({ tag, prepare }: ElementSubject): void {
  describe(`<${tag}> as an element`, () => {
    const create = (): ChatElement => document.createElement<"chat-room">(tag as "chat-room");

    before(() => emulateMedia({ reducedMotion: "reduce" }));
    after(() => emulateMedia({ reducedMotion: "no-preference" }));

    it("is accessible in both colour schemes", async () => {
      const element = create();
      prepare(element);
      await mount(element);
      await expect(element).to.be.accessible();
      document.documentElement.style.setProperty("color-scheme", "dark");
      element.parentElement?.style.setProperty("color-scheme", "dark");
      element.parentElement?.style.setProperty("background", "black");
      await settled(element);
      await expect(element).to.be.accessible();
      document.documentElement.style.removeProperty("color-scheme");
    });

    it("takes properties that were set before it was defined", async () => {
      const late = `late-${tag}`;
      const base = customElements.get(tag) as CustomElementConstructor;
      const waiting = document.createElement<"chat-room">(late as "chat-room");
      waiting.locale = "de";
      customElements.define(late, class extends base {});
      document.body.append(waiting);
      await settled(waiting);
      expect(Object.hasOwn(waiting, "locale")).to.equal(false);
      expect(waiting.locale).to.equal("de");
      waiting.remove();
    });

    it("hides itself when told to, and shows what it showed after a move", async () => {
      const element = create();
      prepare(element);
      await mount(element);
      const before = element.shadowRoot?.textContent;
      const target = document.createElement("div");
      element.parentElement?.append(target);
      target.append(element);
      await settled(element);
      expect(element.shadowRoot?.textContent).to.equal(before);
      element.hidden = true;
      expect(getComputedStyle(element).display).to.equal("none");
    });

    it("keeps its own type inside a page that changes everything", async () => {
      const element = create();
      prepare(element);
      await mount(element);
      const style = element.parentElement?.style;
      style?.setProperty("letter-spacing", "3px");
      style?.setProperty("text-transform", "uppercase");
      style?.setProperty("text-align", "center");
      expect(getComputedStyle(element).letterSpacing).to.equal("normal");
      expect(getComputedStyle(element).textTransform).to.equal("none");
      expect(getComputedStyle(element).textAlign).to.equal("start");
    });
  });
}
