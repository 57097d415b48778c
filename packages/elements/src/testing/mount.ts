import type { LitElement } from "lit";
import { fixture, html } from "@open-wc/testing";

/** A box of a fixed size with one element in it, drawn completely. */
export async function mount<Element extends LitElement>(
  element: Element,
  size: "phone" | "desktop" = "desktop",
): Promise<Element> {
  addSizes();
  await fixture(html`<div class=${`test-box ${size}`}>${element}</div>`);
  await settled(element);
  return element;
}

/**
 * Waits until the element and those inside it have drawn themselves and the browser has laid them
 * out.
 */
export async function settled(element: LitElement): Promise<void> {
  await element.updateComplete;
  await nextFrame();
  await element.updateComplete;
  await nextFrame();
}

/** After the next frame has been painted, with what it observed. */
export function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        resolve();
      });
    });
  });
}

let hasSizes = false;

function addSizes(): void {
  if (hasSizes) return;
  hasSizes = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    .test-box { display: grid; block-size: 600px; inline-size: 800px; color-scheme: light; }
    .test-box.phone { inline-size: 390px; }
  `);
  document.adoptedStyleSheets.push(sheet);
}
