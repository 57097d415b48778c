interface NotifyingDocument {
  ariaNotify?: (text: string, options?: { priority?: string }) => void;
}

/** Collects what is spoken to screen readers; call `stop` at the end of the test. */
export function listenToAnnouncements(): { readonly heard: string[]; stop(): void } {
  const page = document as unknown as NotifyingDocument;
  const original = Object.getOwnPropertyDescriptor(page, "ariaNotify");
  const heard: string[] = [];
  page.ariaNotify = (text, options) => {
    heard.push(options?.priority === "high" ? `! ${text}` : text);
  };
  return {
    heard,
    stop() {
      if (original) Object.defineProperty(page, "ariaNotify", original);
      else delete page.ariaNotify;
    },
  };
}
