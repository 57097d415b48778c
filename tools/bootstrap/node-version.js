/** Oldest supported Node.js, as `[major, minor]`; the same floor as `engines` in package.json. */
export const OLDEST_NODE = /** @type {const} */ ([20, 19]);

/** Ends this process with an explanation when Node.js is too old for the rest of it. */
export function requireNode() {
  const problem = nodeVersionProblem(process.versions.node);
  if (problem === undefined) return;
  console.error(problem);
  process.exit(1);
}

/**
 * Says why a Node.js version cannot run Confab, in a sentence for the person at the terminal.
 *
 * @param {string} version such as `20.19.0`, without a leading `v`
 * @returns {string | undefined} undefined when the version is new enough
 */
export function nodeVersionProblem(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isNewEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  if (isNewEnough) return undefined;

  return (
    `Confab needs Node.js ${OLDEST_NODE.join(".")} or newer; this is ${version}. ` +
    "Install a current one from https://nodejs.org and run the command again."
  );
}
