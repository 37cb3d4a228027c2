import assert from "node:assert/strict";
import { test } from "node:test";
import { errorsIn, errorsOf, homeless, named } from "./errors.ts";
import { toLocal, toUtc } from "./moments.ts";
import { describeClass, describeSupply } from "./supply.ts";
import type { SettingField } from "./types.ts";
import { shownValue, storedValue } from "./values.ts";

const field = (kind: string, value: unknown): SettingField => ({ name: "x", label: "X", help: "", kind, value, is_whole: true }) as unknown as SettingField;

test("moments go to the author's zone and come back the same", () => {
  const iso = "2026-11-30T22:59:00.000Z";
  assert.equal(toUtc(toLocal(iso)), iso);
  assert.deepEqual([toLocal(null), toLocal("soon"), toUtc("")], ["", "", ""]);
});

test("numbers are sent as numbers, what is none as it was typed", () => {
  assert.deepEqual(["3", " 2,5 ", "many", ""].map((text) => storedValue(field("number", 0), text)), [3, 2.5, "many", ""]);
  assert.equal(shownValue(field("number", 3)), "3");
});

test("an answer's errors are all of them, or the one that it names", () => {
  const errors = [{ field: "a", message: "A" }, { field: "b.0.c", message: "B" }];
  assert.deepEqual(errorsIn({ error: { field: "a", message: "A", details: { errors } } }), errors);
  assert.deepEqual(errorsIn({ error: { field: "a", message: "A", details: {} } }), [{ field: "a", message: "A" }]);
  assert.deepEqual(errorsIn({}), []);
});

test("errors belong to the section of their setting, or to none", () => {
  const section = { title: "", help: "", fields: [{ ...field("rubric", []), name: "rubric" }] };
  const errors = [{ field: "rubric.1.options", message: "" }, { field: "", message: "" }];
  assert.deepEqual(errorsOf(section, errors), [errors[0]]);
  assert.deepEqual(homeless(errors, section.fields), [errors[1]]);
  assert.equal(named({ field: "rubric.1.options", message: "Add an option." }, section.fields), "X: Add an option.");
});

test("supply: too few, just enough, some to spare, not a number", () => {
  assert.equal(describeSupply(3, 2)?.tone, "warning");
  assert.match(describeSupply(3, 2)?.what ?? "", /too few/);
  assert.match(describeSupply(3, 3)?.what ?? "", /nothing to spare/);
  assert.match(describeSupply(3, 5)?.meaning ?? "", /even if 40 %/);
  assert.match(describeSupply(9, 10)?.meaning ?? "", /even if 10 %/);
  assert.equal(describeSupply(Number("many"), 3), null);
});

test("a moment that nobody touched keeps the seconds that its control does not show", () => {
  const due = field("moment", "2026-11-30T22:59:59+00:00");
  const shown = shownValue(due);
  assert.equal(storedValue(due, shown), "2026-11-30T22:59:59+00:00");
  assert.equal(storedValue(due, ""), "");
  assert.equal(storedValue(field("moment", "soon"), ""), "");
});

test("class: too few have enrolled, enough have, nobody else is there, nobody knows", () => {
  assert.match(describeClass(3, 3, 3)?.meaning ?? "", /more than 2 reviews/);
  assert.match(describeClass(1, 5, 2)?.meaning ?? "", /more than 1 review\./);
  assert.equal(describeClass(2, 2, 3), null);
  assert.equal(describeClass(3, 3, 1), null);
  assert.equal(describeClass(3, 3, null), null);
});
