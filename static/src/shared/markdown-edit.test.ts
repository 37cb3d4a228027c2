import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFormat, type Format } from "./markdown-edit.ts";
import { quotation } from "./quotation.ts";

/** Text with the selection between brackets. */
function format(marked: string, name: Format): string {
  const start = marked.indexOf("[");
  const end = marked.indexOf("]") - 1;
  const result = applyFormat({ text: marked.replace(/[[\]]/g, ""), start, end }, name);
  return `${result.text.slice(0, result.start)}[${result.text.slice(result.start, result.end)}]${result.text.slice(result.end)}`;
}

test("marks go around the selection and come off again", () => {
  assert.equal(format("a [word] b", "bold"), "a **[word]** b");
  assert.equal(format("a **[word]** b", "bold"), "a [word] b");
});

test("without a selection the caret stands between the marks", () => {
  assert.equal(format("[]", "italic"), "*[]*");
});

test("lines are prefixed, all of those that the selection touches", () => {
  assert.equal(format("one\nt[wo\nthr]ee", "list"), "one\n- t[wo\n- thr]ee");
  assert.equal(format("> [one]", "quote"), "[one]");
});

test("several lines of code become a block of their own", () => {
  assert.equal(format("see [a\nb]", "code"), "see \n```\n[a\nb]\n```\n");
  assert.equal(format("[a\nb]", "formula"), "$$\n[a\nb]\n$$\n");
});

test("a quotation names its author and keeps the lines", () => {
  assert.equal(quotation("Léa", " one\n\ntwo "), "> **Léa**\n>\n> one\n>\n> two\n\n");
});
