import js from "@eslint/js";
import * as lit from "eslint-plugin-lit";
import * as wc from "eslint-plugin-wc";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const CONFIGURATION = ["**/*.config.{js,ts}", "**/*.config.*.{js,ts}"];
const TESTS = ["**/*.{test,spec,contract,bench}.ts", "tests/**", "packages/*/src/testing/**"];

export default defineConfig(
  {
    ignores: [
      "**/dist/**",
      "**/node_modules/**",
      "**/.turbo/**",
      "**/.cache/**",
      "**/coverage/**",
      "data/**",
      "packages/server/drizzle/**",
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "separate-type-imports" },
      ],
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      // Limits count code points, and that is what spreading a string gives.
      "@typescript-eslint/no-misused-spread": ["error", { allow: ["string"] }],
      // Where an index is known to be in range, the assertion says of which type the entry is.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      // Text is checked for control characters in several places, which is what they are named for.
      "no-control-regex": "off",
      // `tsc` says the same about names in types, and it knows the settings of each package.
      "no-undef": "off",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true } }],
      // The compiler insists on `record["key"]` where a key is not declared.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      eqeqeq: "error",
    },
  },
  {
    files: ["packages/elements/src/**/*.ts"],
    ...lit.configs["flat/recommended"],
  },
  {
    files: ["packages/elements/src/**/*.ts"],
    ...wc.configs["flat/recommended"],
  },
  {
    files: TESTS,
    rules: {
      // A test asserts on methods and on values it has just put there.
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    files: ["**/*.browser.test.ts", "packages/elements/src/testing/**"],
    rules: {
      // The types of chai do not resolve through the package that hands it on.
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
  {
    files: CONFIGURATION,
    rules: { "no-restricted-exports": "off" },
  },
  {
    // Not part of any project: the configuration of the tools at the root, and plain programs.
    files: ["*.{js,ts}", "packages/*/*.config.js", "examples/**/*.{js,mjs}", "tests/**/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { parserOptions: { projectService: false } },
  },
);
