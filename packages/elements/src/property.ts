import type { LitElement, PropertyDeclaration } from "lit";

/**
 * Declares a reactive property of an element. Lit's own decorator serves a second syntax besides,
 * which this code does not use and which every page would load.
 */
export function property(options: PropertyDeclaration = {}) {
  return (prototype: LitElement, name: string): void => {
    (prototype.constructor as typeof LitElement).createProperty(name, options);
  };
}
