/**
 * @typedef {"chromium" | "firefox" | "webkit"} BrowserName
 */

/**
 * @typedef {object} BrowserKind
 * @property {string} label what people call it
 * @property {string} variable environment variable that names the program and then decides alone
 * @property {readonly string[]} programs its names on a search path, best first
 * @property {Readonly<Record<string, readonly string[]>>} places paths it has on each platform;
 *   on Windows below the folders for programs
 * @property {readonly string[]} question what the program answers with exit code 0
 * @property {RegExp} answer what that answer contains, so that a stub is not taken for a browser
 * @property {readonly string[]} companions programs on the search path it does not run without
 * @property {readonly string[]} packages of Debian and Ubuntu
 * @property {string} advice how a person gets it
 */

/** The browsers the tests run in. Chromium also shows the end-to-end tests and has to be there. */
export const BROWSER_KINDS = Object.freeze(
  /** @satisfies {Readonly<Record<BrowserName, BrowserKind>>} */ ({
    chromium: {
      label: "Chromium",
      variable: "CHROMIUM_PATH",
      // The ones that carry no updater first.
      programs: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
      places: {
        linux: [
          "/usr/bin/chromium",
          "/usr/lib/chromium/chromium",
          "/opt/google/chrome/chrome",
          "/snap/bin/chromium",
        ],
        darwin: [
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
          "/Applications/Chromium.app/Contents/MacOS/Chromium",
        ],
        win32: ["Google\\Chrome\\Application\\chrome.exe"],
      },
      question: ["--version"],
      answer: /(?:Chromium|Google Chrome)\S* [\d.]+/,
      companions: [],
      packages: ["chromium"],
      advice:
        "Debian, Ubuntu: sudo apt-get install -y --no-install-recommends chromium; " +
        "macOS: brew install --cask google-chrome; others: https://www.google.com/chrome",
    },
    firefox: {
      label: "Firefox",
      variable: "FIREFOX_PATH",
      programs: ["firefox-esr", "firefox"],
      places: {
        linux: ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/snap/bin/firefox"],
        darwin: ["/Applications/Firefox.app/Contents/MacOS/firefox"],
        win32: ["Mozilla Firefox\\firefox.exe"],
      },
      question: ["--version"],
      answer: /Mozilla Firefox [\w.]+/,
      companions: [],
      packages: ["firefox-esr"],
      advice:
        "Debian: sudo apt-get install -y --no-install-recommends firefox-esr; " +
        "macOS: brew install --cask firefox; others: https://www.mozilla.org/firefox",
    },
    // WebKitGTK, the engine of Safari on Linux. It has no headless mode, so it gets a screen of
    // its own, and the driver starts the browser that belongs to it.
    webkit: {
      label: "WebKit",
      variable: "WEBKIT_DRIVER_PATH",
      programs: ["WebKitWebDriver"],
      places: { linux: ["/usr/bin/WebKitWebDriver"], darwin: [], win32: [] },
      question: ["--help"],
      answer: /WebKitWebDriver/,
      companions: ["Xvfb"],
      packages: ["webkit2gtk-driver", "xvfb"],
      advice:
        "Debian, Ubuntu: sudo apt-get install -y --no-install-recommends webkit2gtk-driver xvfb; " +
        "there is none for macOS and Windows",
    },
  }),
);

/** Every browser, in the order they are spoken of. */
export const BROWSER_NAMES = /** @type {readonly BrowserName[]} */ (Object.keys(BROWSER_KINDS));
