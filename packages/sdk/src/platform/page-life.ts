/** Signs that a page may end without another chance to say so. */
export interface PageLife {
  /** Listens to the page being hidden, frozen or left; returns the function that stops. */
  onHide(listener: () => void): () => void;
  /** Listens to the page being left for good, as far as that can be told; the same. */
  onLeave(listener: () => void): () => void;
}
