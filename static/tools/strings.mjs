/** Extraction of the front end's English strings, and what a catalogue lacks of them. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const LITERAL = String.raw`"(?:[^"\\]|\\.)*"`;
const CALL = new RegExp(String.raw`\b(_|ngettext)\(\s*(?:(${LITERAL})(?:\s*,\s*(${LITERAL}))?)?`, "g");

/** All messages in the TypeScript under `folder`, by singular, with the files that use them. */
export function extractStrings(folder) {
  const found = new Map();
  for (const file of sourceFiles(folder)) {
    const text = readFileSync(join(folder, file), "utf8").replace(/export function (_|ngettext)\(/g, "");
    for (const [call, name, one, many] of text.matchAll(CALL)) {
      if (one === undefined) throw new Error(`${file}: ${call.trim()} needs a literal`);
      addMessage(found, file, JSON.parse(one), name === "ngettext" ? JSON.parse(many) : null);
    }
  }
  return found;
}

function addMessage(found, file, one, many) {
  const message = found.get(one) ?? { one, many, files: [] };
  if (message.many !== many) throw new Error(`${file}: "${one}" is used with two plurals`);
  if (!message.files.includes(file)) message.files.push(file);
  found.set(one, message);
}

export function sourceFiles(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts") && !/\.(test|d)\.ts$/.test(name))
    .sort();
}

/** What is wrong with a catalogue, one line each: missing, obsolete, other placeholders. */
export function catalogueFaults(messages, entries) {
  const faults = [];
  for (const { one, many, files } of messages.values()) {
    const entry = entries.get(one);
    const count = many === null ? 1 : 2;
    const texts = entry?.text.filter(Boolean) ?? [];
    if (!entry || entry.many !== many || texts.length < count) faults.push(`missing (${files[0]}): ${one}`);
    else if (texts.some((text) => !samePlaceholders(text, many ?? one))) faults.push(`other placeholders: ${one}`);
  }
  for (const one of entries.keys()) {
    if (!messages.has(one)) faults.push(`obsolete: ${one}`);
  }
  return faults;
}

/** A singular may leave out its number ("une réponse"). */
function samePlaceholders(text, source) {
  const names = (message) => [...new Set(message.match(/\{\w+\}/g) ?? [])].filter((name) => name !== "{n}").sort().join();
  return names(text) === names(source);
}
