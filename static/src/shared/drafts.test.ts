import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts, EMPTY_DRAFT, isUntouched } from "./drafts.ts";

const DAY_MS = 86_400_000;

class FakeStorage implements Partial<Storage> {
  [key: string]: unknown;
  getItem(key: string): string | null {
    return (this[key] as string | undefined) ?? null;
  }
  setItem(key: string, value: string): void {
    this[key] = value;
  }
  removeItem(key: string): void {
    delete this[key];
  }
}

const storage = (): Storage => new FakeStorage() as unknown as Storage;
const record = { draft: { ...EMPTY_DRAFT, body: "half" }, attempt: null };

test("a draft comes back to its own person and place only", () => {
  const shelf = storage();
  assert.equal(new Drafts("Noah", shelf, 0).keep("thread", record, 0), true);
  assert.equal(new Drafts("Noah", shelf, 0).read("thread")?.draft.body, "half");
  assert.equal(new Drafts("Noah", shelf, 0).read("response-1"), null);
  assert.equal(new Drafts("Amina", shelf, 0).read("thread"), null);
});

test("a draft is forgotten after 90 days", () => {
  const shelf = storage();
  new Drafts("Noah", shelf, 0).keep("thread", record, 0);
  assert.notEqual(new Drafts("Noah", shelf, 89 * DAY_MS).read("thread"), null);
  assert.equal(new Drafts("Noah", shelf, 91 * DAY_MS).read("thread"), null);
});

test("a browser that keeps nothing is said to", () => {
  assert.equal(new Drafts("Noah", null, 0).keep("thread", record, 0), false);
});

test("broken storage is an empty one", () => {
  const shelf = storage();
  shelf.setItem("peer-draft:Noah:thread", "{");
  assert.equal(new Drafts("Amina", null, 0).read("thread"), null);
  assert.equal(new Drafts("Noah", shelf, 0).read("thread"), null);
});

test("blanks alone are no change", () => {
  assert.equal(isUntouched({ ...EMPTY_DRAFT, body: " \n" }, EMPTY_DRAFT), true);
});
