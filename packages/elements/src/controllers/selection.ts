interface SelectingRoot extends Node {
  getSelection?(): Selection | null;
}

/**
 * True while text inside this element is selected. Each engine tells it of shadow roots in its
 * own way.
 */
export function hasSelectionInside(element: Element): boolean {
  const root: SelectingRoot = element.getRootNode();
  const selection = root.getSelection?.() ?? element.ownerDocument.getSelection();
  if (!selection || selection.rangeCount === 0) return false;
  if (root instanceof ShadowRoot && "getComposedRanges" in selection) {
    const [range] = selection.getComposedRanges({ shadowRoots: [root] });
    if (!range || isCollapsed(range)) return false;
    return element.contains(range.startContainer) || element.contains(range.endContainer);
  }
  return selection.type === "Range" && element.contains(selection.anchorNode);
}

function isCollapsed(range: StaticRange): boolean {
  return range.startContainer === range.endContainer && range.startOffset === range.endOffset;
}
