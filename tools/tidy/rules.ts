import type { FileRule, RepositoryRule } from "./rule.js";
import { deadLinks } from "./rules/dead-links.js";
import { doors } from "./rules/doors.js";
import { fileNames } from "./rules/file-names.js";
import { imports } from "./rules/imports.js";
import { indexFiles } from "./rules/index-files.js";
import { anyType, defaultExports, typeScriptSyntax } from "./rules/language.js";
import { markdownTitle } from "./rules/markdown-title.js";
import { unsafeMarkup } from "./rules/markup.js";
import { privatePlaces } from "./rules/private-places.js";
import { fileLength, functionLength, lineLength } from "./rules/sizes.js";
import { smallFiles } from "./rules/small-files.js";
import { openTasks, partialTests } from "./rules/unfinished.js";
import { unusedFiles } from "./rules/unused-files.js";

/** The rules that look at one file at a time. */
export const FILE_RULES: readonly FileRule[] = [
  fileLength,
  functionLength,
  lineLength,
  imports,
  doors,
  fileNames,
  defaultExports,
  typeScriptSyntax,
  anyType,
  unsafeMarkup,
  openTasks,
  partialTests,
  markdownTitle,
  privatePlaces,
];

/** The rules that need all files. */
export const REPOSITORY_RULES: readonly RepositoryRule[] = [
  smallFiles,
  unusedFiles,
  indexFiles,
  deadLinks,
];
