import * as z from "zod";

/**
 * What one person may do in one room, decided by the server's `authorize` and told to the client in
 * `synced`.
 */
export const capabilitySchema = z.enum(["msg.read", "msg.send"]);

export type Capability = z.infer<typeof capabilitySchema>;
