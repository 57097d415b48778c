import { guestAnswerSchema, type GuestAnswer } from "@confab/sdk/protocol";
import { hello } from "./test-gateway.js";
import { TestClient } from "./test-client.js";

/** Becomes a guest of a running server. */
export async function becomeGuest(url: string, name: string): Promise<GuestAnswer> {
  const response = await fetch(`${url}/v1/auth/guest`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name }),
  });
  return guestAnswerSchema.parse(await response.json());
}

/** Becomes a guest, connects, says hello and waits for the welcome. */
export async function enterAsGuest(
  url: string,
  name: string,
  rooms: Record<string, object> = {},
): Promise<TestClient> {
  const { token } = await becomeGuest(url, name);
  const client = await TestClient.connect(url);
  client.send(hello(token, rooms));
  await client.next("welcome");
  return client;
}
