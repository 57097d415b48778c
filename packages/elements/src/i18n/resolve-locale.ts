/**
 * The language of an element: the nearest `lang` around it, through shadow roots, else the
 * browser's.
 */
export function resolveLocale(element: Element): string | undefined {
  let node: Node | null = element;
  while (node) {
    if (node instanceof Element) {
      const lang = node.getAttribute("lang");
      if (lang) return lang;
    }
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return navigator.language;
}
