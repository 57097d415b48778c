/**
 * Throws an exception of the application where nobody is disturbed by it: in a task of its own, so
 * that it shows up as uncaught. In Node that ends the process, as any uncaught exception does.
 */
export function reportError(error: unknown): void {
  setTimeout(() => {
    throw error;
  });
}
