import * as z from "zod";

/**
 * What one person may do in one room, decided by the server's `authorize` and told to the client in
 * `synced`.
 */
export const capabilitySchema = z.enum([
  "msg.read",
  "msg.send",
  "msg.react",
  "msg.pin",
  "msg.edit.own",
  "msg.delete.own",
  "msg.delete.any",
]);

export type Capability = z.infer<typeof capabilitySchema>;
