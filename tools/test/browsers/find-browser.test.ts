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
    expect(browserCandidates("chromium", machine(both, { environment }))).toEqual([
      "/opt/mine/chrome",
    ]);
    const other = machine(["/usr/bin/chromium"], { environment });
    expect(browserCandidates("chromium", other)).toEqual([]);
  });

  it("looks along the path, then where each system keeps it", () => {
    const present = ["/opt/google/chrome/chrome", "/usr/bin/google-chrome"];
    expect(browserCandidates("chromium", machine(present))).toEqual([
      "/usr/bin/google-chrome",
      "/opt/google/chrome/chrome",
    ]);
  });

  it("prefers the folder that comes first on the path to the better name", () => {
    const present = ["/usr/local/bin/google-chrome", "/usr/bin/chromium"];
    expect(browserCandidates("chromium", machine(present))).toEqual(present);
  });

  it("knows the places on macOS and Windows", () => {
    const mac = "/Applications/Firefox.app/Contents/MacOS/firefox";
    expect(browserCandidates("firefox", machine([mac], { platform: "darwin" }))).toEqual([mac]);

    const windows = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
    const environment = { PATH: "C:\\Windows", PROGRAMFILES: "C:\\Program Files" };
    const there = machine([windows], { platform: "win32", environment });
    expect(browserCandidates("chromium", there)).toEqual([windows]);
  });

  it("does not take one browser for another", () => {
    const present = ["/usr/bin/firefox-esr"];
    expect(browserCandidates("firefox", machine(present))).toEqual(present);
    expect(browserCandidates("chromium", machine(present))).toEqual([]);
  });

  it("finds WebKit only where it also gets a screen", () => {
    const driver = "/usr/bin/WebKitWebDriver";
    expect(browserCandidates("webkit", machine([driver]))).toEqual([]);
    expect(browserCandidates("webkit", machine([driver, "/usr/bin/Xvfb"]))).toEqual([driver]);
  });

  it("finds nothing where there is none", () => {
    expect(browserCandidates("chromium", machine([]))).toEqual([]);
  });
});
