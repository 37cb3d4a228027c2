import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts, EMPTY_DRAFT, isUntouched, type Row, type Shelf } from "./drafts.ts";

const DAY_MS = 86_400_000;

/** A device whose shelf outlives the pages. */
class FakeShelf implements Shelf {
  readonly rows = new Map<string, Row>();
  full = false;

  load(): Promise<Row[]> {
    return Promise.resolve([...this.rows.values()]);
  }

  async put(row: Row): Promise<void> {
    await Promise.resolve();
    if (this.full) throw new Error("full");
    this.rows.set(row.key, row);
  }

  remove(keys: readonly string[]): Promise<void> {
    keys.forEach((key) => this.rows.delete(key));
    return Promise.resolve();
  }
}

const record = { draft: { ...EMPTY_DRAFT, body: "half" }, attempt: null };

async function keptBy(owner: string, shelf: Shelf): Promise<Drafts> {
  const drafts = await Drafts.open("unit", owner, shelf, 0);
  drafts.keep("thread", record, 0);
  assert.equal(await drafts.settled(), true);
  return drafts;
}

test("a draft comes back to its own person, space and place only", async () => {
  const shelf = new FakeShelf();
  await keptBy("Noah", shelf);
  const again = await Drafts.open("unit", "Noah", shelf, 0);
  assert.equal(again.read("thread")?.draft.body, "half");
  assert.equal(again.read("response-1"), null);
  assert.equal((await Drafts.open("other", "Noah", shelf, 0)).read("thread"), null);
});

test("what another person left on the device is neither shown nor kept", async () => {
  for (const next of ["Amina", ""]) {
    const shelf = new FakeShelf();
    await keptBy("Noah", shelf);
    assert.equal((await Drafts.open("unit", next, shelf, 0)).read("thread"), null);
    assert.equal(shelf.rows.size, 0);
  }
});

test("a draft is forgotten once it is sent, and after 90 days", async () => {
  const shelf = new FakeShelf();
  const drafts = await keptBy("Noah", shelf);
  assert.notEqual((await Drafts.open("unit", "Noah", shelf, 89 * DAY_MS)).read("thread"), null);
  assert.equal((await Drafts.open("unit", "Noah", shelf, 91 * DAY_MS)).read("thread"), null);
  drafts.keep("thread", record, 0);
  drafts.forget("thread");
  await drafts.settled();
  assert.deepEqual([drafts.read("thread"), shelf.rows.size], [null, 0]);
});

test("a browser that keeps nothing is said to, and the page still knows", async () => {
  const without = await Drafts.open("unit", "Noah", null, 0);
  assert.equal(without.keep("thread", record, 0), false);
  const shelf = new FakeShelf();
  const drafts = await keptBy("Noah", shelf);
  shelf.full = true;
  drafts.keep("thread", record, 0);
  assert.equal(await drafts.settled(), false);
  assert.equal(drafts.read("thread")?.draft.body, "half");
});

test("without a reader nothing is kept", async () => {
  const shelf = new FakeShelf();
  const drafts = await Drafts.open("unit", "", shelf, 0);
  drafts.keep("thread", record, 0);
  await drafts.settled();
  assert.equal(shelf.rows.size, 0);
});

test("a shelf that cannot be read is none", async () => {
  const broken = new FakeShelf();
  broken.load = () => Promise.reject(new Error("broken"));
  assert.equal((await Drafts.open("unit", "Noah", broken, 0)).keep("thread", record, 0), false);
});

test("blanks alone are no change", () => {
  assert.equal(isUntouched({ ...EMPTY_DRAFT, body: " \n" }, EMPTY_DRAFT), true);
});
