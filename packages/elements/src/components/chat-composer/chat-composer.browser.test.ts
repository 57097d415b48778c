import { expect } from "@open-wc/testing";
import { ChatError } from "@confab/sdk";
import { sendKeys } from "@web/test-runner-commands";
import "../../define/chat-composer.js";
import type { ChatSendEvent } from "../../events/chat-send.js";
import { listenToAnnouncements } from "../../testing/announcements.js";
import { mount, settled } from "../../testing/mount.js";
import { textOf, within } from "../../testing/query.js";
import type { ChatComposer } from "./chat-composer.js";

describe("chat-composer", () => {
  let composer: ChatComposer;
  let sent: string[];

  beforeEach(async () => {
    composer = document.createElement("chat-composer");
    composer.roomName = "Lobby";
    composer.sendOn = "enter";
    sent = [];
    composer.addEventListener("chat-send", (event) => sent.push(event.detail.draft.text));
    await mount(composer);
    composer.focus();
  });

  const field = (): HTMLTextAreaElement => within(composer, "textarea");
  const press = (init: KeyboardEventInit): boolean =>
    field().dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true, ...init }),
    );

  it("sends on Enter, clears at once and keeps the focus", async () => {
    await sendKeys({ type: "hello" });
    press({});
    expect(field().value).to.equal("");
    expect(sent).to.deep.equal(["hello"]);
    expect(composer.shadowRoot?.activeElement).to.equal(field());
  });

  it("breaks the line on Shift+Enter and sends on Ctrl+Enter in every mode", async () => {
    composer.value = "a";
    await settled(composer);
    expect(press({ shiftKey: true })).to.equal(true);
    composer.sendOn = "mod-enter";
    expect(press({})).to.equal(true);
    expect(sent).to.deep.equal([]);
    press({ ctrlKey: true });
    expect(sent).to.deep.equal(["a"]);
  });

  it("leaves Enter to the input method, also the one Safari sends after it", async () => {
    composer.value = "か";
    await settled(composer);
    field().dispatchEvent(new CompositionEvent("compositionstart"));
    press({});
    field().dispatchEvent(new CompositionEvent("compositionend"));
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- Safari tells it by nothing else
    press({ keyCode: 229 });
    press({ isComposing: true });
    expect(sent).to.deep.equal([]);
    press({});
    expect(sent).to.deep.equal(["か"]);
  });

  it("hears Enter again after a composition that ended without saying so", async () => {
    const endings = [
      () => {
        within(composer, "button").click();
      },
      () => {
        composer.value = "of another room";
      },
      () => {
        field().blur();
      },
    ];
    for (const end of endings) {
      composer.value = "か";
      await settled(composer);
      field().dispatchEvent(new CompositionEvent("compositionstart"));
      end();
      await settled(composer);
      field().value += "!";
      field().dispatchEvent(new InputEvent("input"));
      sent.length = 0;
      press({});
      expect(sent.length).to.equal(1);
    }
  });

  it("ignores a key that is held down", () => {
    composer.value = "a";
    press({ repeat: true });
    expect(sent).to.deep.equal([]);
  });

  it("[W6] has nothing to send in a text that nobody could see, and keeps it", async () => {
    for (const text of [" \n ", "\u200b", "\u2060\u200d\ufeff", "\u3164", "\u0000"]) {
      composer.value = text;
      await settled(composer);
      expect(within(composer, "button").getAttribute("aria-disabled")).to.equal("true");
      press({});
      expect(composer.value).to.equal(text);
    }
    expect(sent).to.deep.equal([]);
  });

  it("keeps the text when the page takes over, and sends what the page made of it", async () => {
    composer.value = "mine";
    await settled(composer);
    composer.addEventListener("chat-send", (event) => event.preventDefault(), { once: true });
    press({});
    expect(composer.value).to.equal("mine");
    let text = "";
    const onSend = (event: ChatSendEvent): void => {
      event.respondWith(() => (text = event.detail.draft.text));
      event.detail.draft.text = "changed";
    };
    composer.addEventListener("chat-send", onSend, { once: true });
    press({});
    expect(text).to.equal("changed");
  });

  it("[B5] keeps the text and says why when sending is refused", async () => {
    const announcements = listenToAnnouncements();
    composer.value = "precious";
    const refuse = (event: ChatSendEvent): void => {
      event.respondWith(() => {
        throw new ChatError("outbox_full", "unable to send; full");
      });
    };
    composer.addEventListener("chat-send", refuse, { once: true });
    composer.submit();
    await settled(composer);
    expect(field().value).to.equal("precious");
    expect(textOf(within(composer, ".reason"))).to.contain("Too many messages are waiting");
    expect(announcements.heard[0]).to.match(/^! Not sent\./u);
    await expect(composer).to.be.accessible();
    announcements.stop();
  });

  it("counts code points from 80 % on and refuses what is too long without losing it", async () => {
    composer.maxLength = 10;
    composer.value = "1234567";
    await settled(composer);
    expect(composer.shadowRoot?.querySelector("[part=counter]")).to.equal(null);
    composer.value = "👍".repeat(8);
    await settled(composer);
    expect(textOf(within(composer, "[part=counter]"))).to.equal("2 characters left");
    composer.value = "👍".repeat(11);
    await settled(composer);
    expect(textOf(within(composer, "[part=counter]"))).to.equal("1 character too many");
    press({});
    expect(sent).to.deep.equal([]);
    expect(composer.value).to.equal("👍".repeat(11));
    await expect(composer).to.be.accessible();
  });

  it("groups the digits of a count as its language does", async () => {
    composer.value = "x".repeat(composer.maxLength + 5995);
    await settled(composer);
    expect(textOf(within(composer, "[part=counter]"))).to.equal("5,995 characters too many");
  });

  it("is named by its room, and its button says when there is nothing to send", async () => {
    expect(field().getAttribute("aria-label")).to.equal("Message Lobby");
    const button = within(composer, "button");
    expect(button.getAttribute("aria-label")).to.equal("Send");
    expect(button.getAttribute("aria-disabled")).to.equal("true");
    composer.value = "a";
    await settled(composer);
    expect(button.getAttribute("aria-disabled")).to.equal("false");
    expect(button.hasAttribute("disabled")).to.equal(false);
    await expect(composer).to.be.accessible();
  });

  it("keeps the focus in the field when the button is pressed", () => {
    const press = new PointerEvent("pointerdown", { bubbles: true, cancelable: true });
    expect(within(composer, "button").dispatchEvent(press)).to.equal(false);
  });

  it("grows with its text up to twelve lines", async () => {
    const before = field().getBoundingClientRect().height;
    composer.value = "a\nb\nc";
    await settled(composer);
    const three = field().getBoundingClientRect().height;
    expect(three).to.be.greaterThan(before * 2);
    composer.value = "x\n".repeat(60);
    await settled(composer);
    expect(field().getBoundingClientRect().height).to.be.lessThan(before * 13);
  });

  it("is never taken away while it has the focus", async () => {
    composer.readonly = true;
    await settled(composer);
    expect(field().readOnly).to.equal(true);
    field().blur();
    await settled(composer);
    expect(textOf(within(composer, ".readonly"))).to.contain("not post");
    await expect(composer).to.be.accessible();
  });
});
