import { expect, it } from "vitest";

it("imports without a document, so that a server can render pages that use it", async () => {
  expect(typeof document).toBe("undefined");
  const elements = await import("./index.js");
  expect(elements.ChatRoom).toBeTypeOf("function");
  await import("./define.js");
  expect(customElements.get("chat-room")).toBeTypeOf("function");
});
