/** What the files of one folder tree may import. */
export interface ImportRule {
  /** Folder from the root; the first rule whose folder holds a file is the one for it. */
  readonly folder: string;
  /** Packages from outside; `lit/*` is lit and everything below it, `lit` only lit itself. */
  readonly packages: readonly string[];
  /**
   * Folders and files inside, lowest first. A file imports from its own entry and from the lines
   * above; what stands on one line does not import each other. Without layers anything goes.
   */
  readonly layers?: readonly string[];
  /** Pairs of entries, `from to`: although `to` stands lower, `from` stays away from it. */
  readonly apart?: readonly string[];
}

/**
 * Who may import what. Tests beside a file may use everything in their own package; nobody reaches
 * into another package's folders, and nobody imports an `index.ts` of the package it is in.
 */
export const IMPORT_RULES: readonly ImportRule[] = [
  { folder: "packages/sdk/src/protocol", packages: ["zod"] },
  {
    folder: "packages/sdk/src",
    packages: ["nanostores", "partysocket/*"],
    layers: [
      "protocol",
      "platform turns.ts is-equal.ts",
      "errors.ts create-store.ts deadline.ts",
      "operation.ts answer-error.ts server-address.ts chat-events.ts",
      "tabs",
      "storage",
      "connection log outbox chat-listeners.ts",
      "timeline page-loader.ts subscriptions.ts storage-state.ts op-options.ts mirrored-ops.ts",
      "reading presence drafts.ts server-facts.ts",
      "rooms",
      "chat-platform.ts request-guest.ts room-state.ts thread.ts",
      "room-view.ts room.ts",
      "op-draft.ts",
      "room-client.ts",
      "kept-room.ts room-pages.ts room-ops.ts",
      "thread",
      "chat.ts",
      "room-core.ts",
      "chat-rooms.ts",
      "storage-client.ts",
      "chat-storage.ts",
      "chat-core.ts",
      "indexeddb.ts",
      "load-part.ts",
      "lazy-parts.ts",
      "lazy-storage.ts",
      "create-chat.ts create-chat-with.ts",
      "index.ts testing",
    ],
  },
  {
    folder: "packages/elements/src",
    packages: ["@confab/sdk", "lit/*", "@lit/context"],
    layers: [
      "platform events styles i18n define-element.ts property.ts",
      "format identity",
      "controllers chat-element.ts",
      "access-element.ts",
      "components",
      "index.ts define",
      "define.ts",
      "script.ts testing",
    ],
  },
  {
    folder: "packages/server/src",
    packages: [
      "node:*",
      "@confab/sdk/protocol",
      "hono/*",
      "@hono/node-server/*",
      "ws",
      "drizzle-orm/*",
      "better-sqlite3",
      "jose",
      "pino",
      "zod",
    ],
    layers: [
      "platform telemetry version.ts",
      "config.ts",
      "auth listen.ts",
      "storage",
      "rooms sync reading",
      "operations http",
      "gateway app.ts http-server.ts",
      "chat-core.ts",
      "chat-server.ts",
      "index.ts main.ts testing",
    ],
    apart: ["gateway storage", "http storage", "http gateway"],
  },
  { folder: "examples", packages: ["node:*", "@confab/sdk", "@confab/elements/*", "ws"] },
];
