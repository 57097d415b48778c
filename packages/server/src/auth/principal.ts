import type { Me } from "@confab/sdk/protocol";

/**
 * Who a connection or request speaks for, as proved by its token. All authority comes from here.
 * [O12]
 */
export type Principal = Me;
