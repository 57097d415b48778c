/** Name of the file whose text changes with every new bundle and page. */
export const VERSION_FILE = "dev-version.txt";

/** Name of the script that the development pages carry and the product does not. */
export const RELOAD_SCRIPT_FILE = "dev-reload.js";

const POLL_MS = 500;

/**
 * Asks for the version file and reloads the page when it has changed. A server that is restarting
 * does not answer, which is no reason to reload: the chat reconnects by itself.
 */
export const RELOAD_SCRIPT = `
let known;
setInterval(async () => {
  const response = await fetch("/${VERSION_FILE}", { cache: "no-store" }).catch(() => undefined);
  if (!response?.ok) return;
  const version = await response.text();
  if (known !== undefined && version !== known) location.reload();
  known = version;
}, ${POLL_MS});
`;

/** Adds the script to a page. */
export function withReloadScript(page: string): string {
  const tag = `<script src="/${RELOAD_SCRIPT_FILE}"></script>`;
  return page.includes("</head>") ? page.replace("</head>", `${tag}</head>`) : tag + page;
}
