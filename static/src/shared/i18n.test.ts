import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { _, ngettext, rich, setLanguage } from "./i18n.ts";

const FRENCH = {
  "{name} asked": "Question de {name}",
  "{n} vote": ["{n} vote", "{n} votes"],
};

beforeEach(() => setLanguage("en", {}));

test("without a catalogue the source text speaks", () => {
  assert.equal(_("{name} asked", { name: "Amina" }), "Amina asked");
});

test("English counts only one as singular", () => {
  const say = (n: number): string => ngettext("{n} vote", "{n} votes", n);
  assert.deepEqual([0, 1, 2].map(say), ["0 votes", "1 vote", "2 votes"]);
});

test("French counts zero and one as singular, and a million as plural", () => {
  setLanguage("fr", FRENCH);
  const say = (n: number): string => ngettext("{n} vote", "{n} votes", n);
  assert.deepEqual([0, 1, 2].map(say), ["0 vote", "1 vote", "2 votes"]);
  assert.match(say(1_000_000), /votes$/);
});

test("numbers are grouped as the language does", () => {
  setLanguage("fr", FRENCH);
  assert.equal(ngettext("{n} vote", "{n} votes", 1318), "1\u202f318 votes");
});

test("French elides before a vowel only", () => {
  setLanguage("fr", FRENCH);
  assert.equal(_("{name} asked", { name: "Élodie" }), "Question d’Élodie");
  assert.equal(_("{name} asked", { name: "Yuki" }), "Question de Yuki");
});

test("a name that looks like a placeholder is not filled again", () => {
  assert.equal(_("{name} to {group}", { name: "{group}", group: "B" }), "{group} to B");
});

test("a name from right to left stands for itself", () => {
  assert.equal(_("{name} asked", { name: "أمينة" }), "\u2068أمينة\u2069 asked");
});

test("a placeholder without value stays for a template", () => {
  assert.deepEqual(rich(_("{name} asked {time}", { name: "Jo" }), { time: 7 }), ["Jo asked ", 7, ""]);
});

test("a name from the prototype is not a value", () => {
  assert.deepEqual(rich("{other}", {}), ["", "{other}", ""]);
});
