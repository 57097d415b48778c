import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchHttp } from "./fetch-http.js";
import type { HttpAnswer, HttpRequest } from "./http.js";

const PATIENCE_STEPS = 400;

describe("fetchHttp", () => {
  let server: Server;
  let url: string;
  let hangUpCount = 0;

  beforeEach(async () => {
    hangUpCount = 0;
    server = createServer((request, response) => {
      request.on("close", () => {
        if (!response.writableEnded) hangUpCount += 1;
      });
      if (request.url === "/silent") return;
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const { method, headers } = request;
        const body = Buffer.concat(chunks).toString();
        const heard = { method, body, token: headers.authorization, cookie: headers.cookie };
        response.statusCode = request.url === "/gone" ? 404 : 200;
        response.end(request.url === "/page" ? "<html>" : JSON.stringify(heard));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  function ask(request: HttpRequest): Promise<HttpAnswer> {
    return new Promise((done) => fetchHttp(request, done));
  }

  it("sends method, token and JSON, and no cookie", async () => {
    const request = { method: "POST", url, token: "t", body: { a: 1 } } as const;
    await expect(ask(request)).resolves.toEqual({
      status: 200,
      body: { method: "POST", body: '{"a":1}', token: "Bearer t" },
    });
    await expect(ask({ method: "GET", url: `${url}/gone` })).resolves.toEqual({
      status: 404,
      body: { method: "GET", body: "" },
    });
  });

  it("takes what is not JSON for an answer without a body", async () => {
    const answer = await ask({ method: "GET", url: `${url}/page` });
    expect(answer).toEqual({ status: 200, body: undefined });
  });

  it("takes an unreachable server for an answer of status 0", async () => {
    const answer = await ask({ method: "GET", url: "http://127.0.0.1:9" });
    expect(answer).toMatchObject({ status: 0, cause: expect.any(Error) as Error });
  });

  it("gives up after the limit, and hangs up", async () => {
    const answer = await ask({ method: "GET", url: `${url}/silent`, limitMs: 30 });
    expect(answer.status).toBe(0);
    for (let step = 0; step < PATIENCE_STEPS && hangUpCount === 0; step += 1) await delay(5);
    expect(hangUpCount).toBe(1);
  });

  it("[V2] reports nothing of a request that was let go, and hangs up", async () => {
    const answers: HttpAnswer[] = [];
    const cancel = fetchHttp({ method: "GET", url: `${url}/silent` }, (it) => answers.push(it));
    await ask({ method: "GET", url });
    cancel();
    for (let step = 0; step < PATIENCE_STEPS && hangUpCount === 0; step += 1) await delay(5);
    expect([answers, hangUpCount]).toEqual([[], 1]);
    cancel();
  });
});
