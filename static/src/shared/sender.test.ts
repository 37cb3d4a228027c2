import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_DRAFT, type Draft } from "./drafts.ts";
import { Refused, Unreachable } from "./errors.ts";
import { Sender, type Sending } from "./sender.ts";

const draft = (body: string, more: Partial<Draft> = {}): Draft => ({ ...EMPTY_DRAFT, body, ...more });

/** A server that keeps one post a key, and fails as often as it is told. */
class Server implements Sending<string> {
  readonly posts = new Map<string, string>();
  readonly failures: { after: boolean; error: Error }[] = [];
  readonly editFailures: Error[] = [];

  async create({ body }: Draft, key: string): Promise<string> {
    const failure = this.failures.shift();
    if (failure && !failure.after) throw failure.error;
    if (!this.posts.has(key)) this.posts.set(key, body);
    if (failure) throw failure.error;
    return key;
  }

  async amend(key: string, { body }: Draft): Promise<string> {
    const failure = this.editFailures.shift();
    if (failure) throw failure;
    this.posts.set(key, body);
    return key;
  }
}

function setUp(): { server: Server; sender: Sender<string> } {
  const server = new Server();
  let count = 0;
  return { server, sender: new Sender(server, null, () => `key-${(count += 1)}`) };
}

const lost = (after: boolean): { after: boolean; error: Error } => ({ after, error: new Unreachable() });

test("an answer that was lost is not a second post", async () => {
  const { server, sender } = setUp();
  server.failures.push(lost(true));
  await assert.rejects(sender.send(draft("one")));
  await sender.send(draft("one"));
  assert.deepEqual([...server.posts.values()], ["one"]);
  assert.equal(sender.attempt, null);
});

test("what was changed since the lost answer follows as an edit", async () => {
  const { server, sender } = setUp();
  server.failures.push(lost(true));
  await assert.rejects(sender.send(draft("one")));
  await sender.send(draft("two"));
  assert.deepEqual([...server.posts.values()], ["two"]);
});

test("tags that were added since the lost answer follow, too", async () => {
  const { server, sender } = setUp();
  server.failures.push(lost(true));
  await assert.rejects(sender.send(draft("one")));
  server.editFailures.push(new Unreachable());
  await assert.rejects(sender.send(draft("one", { tags: "sample size" })));
});

test("an edit that fails is tried again on the same post", async () => {
  const { server, sender } = setUp();
  server.failures.push(lost(true));
  await assert.rejects(sender.send(draft("one")));
  const refused = new Refused({ code: "invalid", field: "body", message: "", details: {} });
  server.editFailures.push(new Unreachable(), refused);
  await assert.rejects(sender.send(draft("two")));
  await assert.rejects(sender.send(draft("two")));
  await sender.send(draft("three"));
  assert.deepEqual([...server.posts.values()], ["three"]);
});

test("a refused text gets a new key", async () => {
  const { server, sender } = setUp();
  server.failures.push({ after: false, error: new Refused({ code: "invalid", field: "", message: "", details: {} }) });
  await assert.rejects(sender.send(draft("one")));
  await sender.send(draft("two"));
  assert.deepEqual([...server.posts.entries()], [["key-2", "two"]]);
});

test("a text that became anonymous is never sent again under the name", async () => {
  const { server, sender } = setUp();
  server.failures.push(lost(false));
  await assert.rejects(sender.send(draft("secret")));
  await sender.send(draft("secret", { anonymous: true }));
  assert.deepEqual([...server.posts.keys()], ["key-2"]);
});
