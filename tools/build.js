/** `npm run build`: builds the packages and remembers what was built, so that a start is quick. */
import { build } from "./bootstrap/build.js";
import { REPOSITORY } from "./bootstrap/repository.js";

process.exitCode = (await build(REPOSITORY)) ? 0 : 1;
