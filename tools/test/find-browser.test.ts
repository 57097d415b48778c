import { describe, expect, it } from "vitest";

import { browserCandidates } from "./find-browser.js";
import type { Machine } from "./find-browser.js";

const machine = (present: readonly string[], other: Partial<Machine> = {}): Machine => ({
  platform: "linux",
  environment: { PATH: "/usr/local/bin:/usr/bin" },
  exists: (path) => present.includes(path),
  ...other,
});

describe("looking for a browser", () => {
  it("takes the path it is told and no other", () => {
    const environment = { CHROMIUM_PATH: "/opt/mine/chrome", PATH: "/usr/bin" };
    const both = ["/opt/mine/chrome", "/usr/bin/chromium"];
    expect(browserCandidates(machine(both, { environment }))).toEqual(["/opt/mine/chrome"]);
    expect(browserCandidates(machine(["/usr/bin/chromium"], { environment }))).toEqual([]);
  });

  it("looks along the path, then where each system keeps it", () => {
    const present = ["/opt/google/chrome/chrome", "/usr/bin/google-chrome"];
    expect(browserCandidates(machine(present))).toEqual([
      "/usr/bin/google-chrome",
      "/opt/google/chrome/chrome",
    ]);
  });

  it("knows the places on macOS and Windows", () => {
    const mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
    expect(browserCandidates(machine([mac], { platform: "darwin" }))).toEqual([mac]);

    const windows = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
    const environment = { PATH: "C:\\Windows", PROGRAMFILES: "C:\\Program Files" };
    const found = browserCandidates(machine([windows], { platform: "win32", environment }));
    expect(found).toEqual([windows]);
  });

  it("finds nothing where there is none", () => {
    expect(browserCandidates(machine([]))).toEqual([]);
  });
});
