import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { Api, csrfToken, operationUrl } from "./api.ts";
import { Garbled, Refused, TimedOut, Unreachable } from "./errors.ts";

const realFetch = globalThis.fetch;

beforeEach(() => Object.assign(globalThis, { document: { cookie: "a=b; csrftoken=t%20k" } }));
afterEach(() => Object.assign(globalThis, { fetch: realFetch }));

function answerWith(answer: (init: RequestInit) => Promise<Response>): void {
  Object.assign(globalThis, { fetch: (_url: string, init: RequestInit) => answer(init) });
}

test("the operation goes before a query", () => {
  assert.equal(operationUrl("/handler/call", "vote"), "/handler/call/vote");
  assert.equal(operationUrl("/handler/call?student=1", "vote"), "/handler/call/vote?student=1");
});

test("a download named by its operation stands beside the other operations", () => {
  const api = new Api("/handler/call?student=1");
  assert.equal(api.addressOf("get_file?file=f1"), "/handler/call/get_file?student=1&file=f1");
  assert.deepEqual(["/media/f1", "https://files.example/f1"].map((url) => api.addressOf(url)), ["/media/f1", "https://files.example/f1"]);
});

test("the token is that of the cookie of its own name", () => {
  assert.equal(csrfToken("xcsrftoken=no; csrftoken=yes"), "yes");
  assert.equal(csrfToken(""), "");
});

test("JSON and the token are sent", async () => {
  let sent: RequestInit = {};
  answerWith(async (init) => ((sent = init), Response.json({ ok: 1 })));
  assert.deepEqual(await new Api("/call").call("vote", { on: true }), { ok: 1 });
  assert.equal(sent.body, '{"on":true}');
  assert.equal((sent.headers as Record<string, string>)["X-CSRFToken"], "t k");
});

test("an error of ours keeps code, field, message and details", async () => {
  const error = { code: "invalid", field: "title", message: "No.", details: { most: 200 } };
  answerWith(async () => Response.json({ error }, { status: 400 }));
  await assert.rejects(new Api("/call").call("vote", {}), (thrown: Refused) => {
    assert.ok(thrown instanceof Refused);
    assert.deepEqual({ ...error }, { code: thrown.code, field: thrown.field, message: thrown.message, details: thrown.details });
    return true;
  });
});

for (const [name, answer] of [
  ["a log-in page", () => new Response("<html>", { status: 200 })],
  ["a proxy's JSON", () => Response.json({ detail: "no" }, { status: 502 })],
  ["JSON that is null", () => Response.json(null, { status: 500 })],
] as const) {
  test(`${name} is no answer`, async () => {
    answerWith(async () => answer());
    await assert.rejects(new Api("/call").call("vote", {}), Garbled);
  });
}

test("no connection is unreachable", async () => {
  answerWith(async () => Promise.reject(new TypeError("failed")));
  await assert.rejects(new Api("/call").call("vote", {}), Unreachable);
});

test("an answer that is too late ends the call", async () => {
  answerWith((init) => new Promise((_resolve, reject) => {
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  }));
  await assert.rejects(new Api("/call", 20).call("vote", {}), TimedOut);
});

test("the caller's own abort stays an abort", async () => {
  const controller = new AbortController();
  answerWith((init) => new Promise((_resolve, reject) => {
    init.signal?.addEventListener("abort", () => reject(init.signal?.reason));
  }));
  const call = new Api("/call").call("vote", {}, { signal: controller.signal });
  controller.abort();
  await assert.rejects(call, { name: "AbortError" });
});
