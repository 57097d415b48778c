/**
 * Exit status for "the configuration is wrong" (`EX_CONFIG`), so that a supervisor does not restart
 * for ever.
 */
const CONFIGURATION_EXIT_STATUS = 78;

/**
 * The server cannot start, and starting again will not help until a person has changed something.
 * The message is for that person: what is wrong, with which file or setting, and what to do.
 */
export class StartError extends Error {
  override readonly name = "StartError";
  readonly exitStatus = CONFIGURATION_EXIT_STATUS;
}
