/**
 * What the platform knows of the network and of sleep. These are hints: nothing depends on any of
 * them arriving. [V2]
 */
export interface Network {
  /** False only when the platform is sure that there is none. */
  isOnline(): boolean;
  /** Listens to changes of `isOnline`; returns the function that stops. */
  onChange(listener: () => void): () => void;
  /** Listens to signs that the page or machine may have slept; returns the function that stops. */
  onWake(listener: () => void): () => void;
}
