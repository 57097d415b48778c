import type { MemoryReason } from "./storage/user-storage.js";

/**
 * Where what is to survive goes. `opening`: nothing is sent before this is known. `memory`: it ends
 * with the page, because it was asked for so, or for the `reason`. [B1]
 */
export type StorageState =
  | { readonly status: "opening" }
  | { readonly status: "persistent" }
  | { readonly status: "memory"; readonly reason?: MemoryReason };
