/** No command takes as long; a browser that does not answer has hung. */
const COMMAND_LIMIT_MS = 30_000;

/** One session of a browser, driven by the HTTP commands of W3C WebDriver. */
export class WebdriverClient {
  /** @type {string} */
  #address;

  /** @param {string} address of the session */
  constructor(address) {
    this.#address = address;
  }

  /**
   * Opens the browser. Rejects when the driver does not.
   *
   * @param {string} driver its address
   * @returns {Promise<WebdriverClient>}
   */
  static async open(driver) {
    // Tests tell when they are done; how far the page has loaded says nothing.
    const capabilities = { alwaysMatch: { pageLoadStrategy: "none" } };
    const answer = await request("POST", `${driver}/session`, { capabilities });
    const { sessionId } = /** @type {{ sessionId: string }} */ (answer);
    return new WebdriverClient(`${driver}/session/${sessionId}`);
  }

  /** @param {string} url */
  async navigate(url) {
    await request("POST", `${this.#address}/url`, { url });
  }

  /** @returns {Promise<string>} address of the page */
  async url() {
    return /** @type {string} */ (await request("GET", `${this.#address}/url`));
  }

  /**
   * @param {number} width of the window
   * @param {number} height
   */
  async resize(width, height) {
    await request("POST", `${this.#address}/window/rect`, { width, height });
  }

  /**
   * Does what a keyboard or a mouse would.
   *
   * @param {readonly object[]} actions of the `actions` command
   */
  async perform(actions) {
    await request("POST", `${this.#address}/actions`, { actions });
  }

  async close() {
    await request("DELETE", this.#address);
  }
}

/**
 * @param {"GET" | "POST" | "DELETE"} method
 * @param {string} url
 * @param {object} [body]
 * @returns {Promise<unknown>}
 */
async function request(method, url, body) {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(COMMAND_LIMIT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const { value } = /** @type {{ value: unknown }} */ (await response.json());
  if (response.ok) return value;

  const { error = "", message = "" } = /** @type {Record<string, string>} */ (value);
  throw new Error(`unable to drive the browser; ${error}: ${message}`);
}
