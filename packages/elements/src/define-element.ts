/**
 * Registers a tag unless it is taken: two copies of this package on one page must not stop each
 * other. The subclass leaves the exported class itself free to be registered under another name.
 */
export function defineElement(tag: string, element: CustomElementConstructor): void {
  if (customElements.get(tag)) return;
  customElements.define(tag, class extends element {});
}
