/** Which database this is, and how many batches were committed to it. */
export interface Generation {
  /** Random; another one after every restore. */
  readonly database: string;
  readonly commits: number;
}

/**
 * What is known of a database outside of it: a copy of the database put back in its place does not
 * agree with it. [L3]
 */
export interface GenerationFile {
  /** Nothing when it is missing or makes no sense. Never throws. */
  read(): Generation | undefined;
  /** Replaces it as a whole or not at all. Never throws: an older one is only less sharp. */
  write(generation: Generation): void;
}
