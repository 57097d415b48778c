import { ChatError } from "@confab/sdk";
import { expect } from "@open-wc/testing";
import { sendKeys } from "@web/test-runner-commands";
import "../../define/chat-composer.js";
import { message } from "../../testing/message-fixture.js";
import { mount, settled } from "../../testing/mount.js";
import { allWithin, textOf, within } from "../../testing/query.js";
import type { ChatComposer } from "./chat-composer.js";

describe("editing in chat-composer", () => {
  let composer: ChatComposer;
  let asked: string[];
  const old = message({ seq: 4, body: "old words", isOwn: true });

  beforeEach(async () => {
    composer = document.createElement("chat-composer");
    composer.roomName = "Lobby";
    composer.sendOn = "enter";
    composer.value = "a draft";
    asked = [];
    composer.addEventListener("chat-send", ({ detail }) => asked.push(`send ${detail.draft.text}`));
    composer.addEventListener("chat-edit", ({ detail }) => {
      asked.push(`edit ${detail.message.key} ${detail.draft.text}`);
    });
    await mount(composer);
    composer.edit(old);
    await settled(composer);
  });

  const field = (): HTMLTextAreaElement => within(composer, "textarea");

  it("shows what is edited, with the focus in its text", async () => {
    expect(field().value).to.equal("old words");
    expect(composer.shadowRoot?.activeElement).to.equal(field());
    expect(textOf(within(composer, ".edit-bar"))).to.equal("Editing your message");
    expect(within(composer, ".send").getAttribute("aria-label")).to.equal("Save");
    await expect(composer).to.be.accessible();
  });

  it("saves on Enter, and gives back what stood there before", async () => {
    await sendKeys({ press: "End" });
    await sendKeys({ type: "!" });
    await sendKeys({ press: "Enter" });
    expect(asked).to.deep.equal(["edit key-4 old words!"]);
    await settled(composer);
    expect(field().value).to.equal("a draft");
    expect(allWithin(composer, ".edit-bar")).to.deep.equal([]);
    await sendKeys({ press: "Enter" });
    expect(asked.at(-1)).to.equal("send a draft");
  });

  it("gives up on Escape and by the button, and asks for nothing", async () => {
    await sendKeys({ type: "changed" });
    await sendKeys({ press: "Escape" });
    expect(field().value).to.equal("a draft");
    composer.edit(old);
    await settled(composer);
    within(composer, ".cancel").click();
    expect(field().value).to.equal("a draft");
    expect(composer.shadowRoot?.activeElement).to.equal(field());
    expect(asked).to.deep.equal([]);
  });

  it("does not ask for an edit that changes nothing", () => {
    composer.submit();
    expect(asked).to.deep.equal([]);
    expect(field().value).to.equal("a draft");
  });

  it("[B2] goes on editing when the page or the SDK refuses", async () => {
    const listener = (event: Event): void => event.preventDefault();
    composer.addEventListener("chat-edit", listener);
    composer.value = "new words";
    composer.submit();
    expect(composer.editing).to.equal(old);
    expect(field().value).to.equal("new words");
    composer.removeEventListener("chat-edit", listener);
    composer.addEventListener("chat-edit", (event) => {
      event.respondWith(() => {
        throw new ChatError("too_large", "unable to edit; too large");
      });
    });
    composer.submit();
    await settled(composer);
    expect(field().value).to.equal("new words");
    expect(textOf(within(composer, ".reason"))).to.contain("too long");
    composer.cancelEdit();
    expect(composer.value).to.equal("a draft");
  });

  it("[P1] tells of typing a new message, and not of editing one", async () => {
    let count = 0;
    composer.addEventListener("chat-typing", () => (count += 1));
    await sendKeys({ type: "x" });
    expect(count).to.equal(0);
    composer.cancelEdit();
    await settled(composer);
    await sendKeys({ type: "yz" });
    expect(count).to.equal(2);
  });
});
