import type { FileRule } from "../rule.js";
import { isCode } from "../source-file.js";

const BANNED = "utils|util|helpers|helper|common|misc|types|constants|manager|service";
/** As a whole name or as its last word: `chat-utils.ts` hides as much as `utils.ts`. */
const BANNED_FILE = new RegExp(`^(.+[-.])?(${BANNED})$`);
const BANNED_FOLDER = new RegExp(`^(${BANNED}|core|lib|shared)$`);
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*$/;

/** A name says what is inside. */
export const fileNames: FileRule = {
  name: "file-name",
  reason: "a name that fits everything collects everything; files are kebab-case after their noun",
  fix: "name it after the one thing it holds, and move the rest to where it is used",
  *check(file) {
    if (!isCode(file)) return;
    const folders = file.path.split("/");
    const name = folders.pop() ?? "";
    const stem = name.replace(/\.[^.]+$/, "");
    if (BANNED_FILE.test(stem)) yield { line: 1, what: `a file named ${name}` };
    if (!KEBAB_CASE.test(stem)) yield { line: 1, what: `${name} is not kebab-case` };
    const folder = folders.find((part) => BANNED_FOLDER.test(part));
    if (folder !== undefined) yield { line: 1, what: `a folder named ${folder}` };
  },
};
