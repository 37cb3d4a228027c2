/** Gettext catalogues of the front end (no fuzzy entries, no contexts), compiled into what the browser loads. */

/** Parse a .po file into its entries: {one, many or null, text: one a plural form}. */
export function parsePo(text) {
  const blocks = text.split(/\n\s*\n/).filter((part) => /^msgid /m.test(part));
  return blocks.map(parseEntry).filter((entry) => entry.one !== "");
}

function parseEntry(block) {
  const entry = { one: "", many: null, text: [] };
  let append = () => {};
  for (const line of block.trim().split("\n").filter((part) => !part.startsWith("#"))) {
    const [, keyword, index, quoted] = /^(msgid_plural|msgid|msgstr)?(?:\[(\d)\])?\s*("(?:[^"\\]|\\.)*")$/.exec(line) ?? [];
    if (quoted === undefined) throw new Error(`not a line of a catalogue: ${line}`);
    if (keyword === "msgid") append = (part) => (entry.one += part);
    if (keyword === "msgid_plural") append = (part) => (entry.many = (entry.many ?? "") + part);
    if (keyword === "msgstr") {
      const at = Number(index ?? 0);
      append = (part) => (entry.text[at] = (entry.text[at] ?? "") + part);
    }
    append(JSON.parse(quoted));
  }
  return entry;
}

/** The messages by their English singular: a text, or its plural forms. An untranslated one is an error. */
export function compilePo(entries) {
  const bare = entries.find(({ text, many }) => text.length < (many === null ? 1 : 2) || !text.every(Boolean));
  if (bare) throw new Error(`not translated: ${bare.one}`);
  const sorted = [...entries].sort((a, b) => (a.one < b.one ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted.map(({ one, many, text }) => [one, many === null ? text[0] : text])));
}
