/** The server as `npm run dev` runs it: from its sources, with the folder of pages it is given. */
import { StartError, createChatServer, createLog, readConfig } from "@confab/server";

const [publicDirectory = ""] = process.argv.slice(2);

try {
  await serve();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitStatus;
}

async function serve(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel, process.stderr);
  const server = await createChatServer({ config, log, publicDirectory });
  console.log(`Confab is listening on ${await server.start()}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
  }
}
