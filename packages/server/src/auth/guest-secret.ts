import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../platform/random.js";
import { StartError } from "../platform/start-error.js";

const SECRET_FILE = "guest.secret";

const SECRET_BYTES = 32;

/**
 * Reads the secret that signs guest tokens, or makes it. It is this server's own and stays in the
 * data directory, readable by its owner alone, so that guests keep their identity over a restart.
 *
 * @throws StartError when the file cannot be read or written, or holds something else.
 */
export function loadGuestSecret(directory: string, random: Random): string {
  const path = join(directory, SECRET_FILE);
  try {
    writeFileSync(path, `${random.hex(SECRET_BYTES)}\n`, { mode: 0o600, flag: "wx" });
  } catch (cause) {
    if (!isAlreadyThere(cause)) {
      throw new StartError(`${path} cannot be written. Check CONFAB_DATA and its permissions.`, {
        cause,
      });
    }
  }
  const secret = readSecret(path);
  if (!/^[0-9a-f]{64}$/.test(secret)) {
    throw new StartError(
      `${path} does not hold a secret of this server. Delete it to make a new one; ` +
        "guests then get new identities.",
    );
  }
  return secret;
}

function readSecret(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (cause) {
    throw new StartError(`${path} cannot be read. Check its permissions.`, { cause });
  }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
