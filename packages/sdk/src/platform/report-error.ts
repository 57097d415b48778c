/**
 * Shows an exception of the application where the platform shows uncaught ones, without disturbing
 * who called. In Node that ends the process, as any exception nobody caught does.
 */
export function reportError(error: unknown): void {
  const report = (globalThis as { reportError?: (error: unknown) => void }).reportError;
  if (report !== undefined) {
    report(error);
    return;
  }
  setTimeout(() => {
    throw error;
  });
}
