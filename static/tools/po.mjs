/** Reading and writing the gettext catalogues of the front end (no fuzzy entries, no contexts). */

/** @typedef {{ one: string, many: string | null, text: string[], notes: string[] }} Entry */

/** Parse a .po file into its header lines and its entries, keyed by msgid. */
export function parsePo(text) {
  const entries = new Map();
  let header = null;
  for (const block of text.split(/\n\s*\n/).filter((part) => part.trim())) {
    const entry = parseEntry(block);
    if (entry.one === "") header = block.trim();
    else if (entries.has(entry.one)) throw new Error(`twice in the catalogue: ${entry.one}`);
    else entries.set(entry.one, entry);
  }
  if (header === null) throw new Error("the catalogue has no header");
  return { header, entries };
}

function parseEntry(block) {
  const entry = { one: "", many: null, text: [], notes: [] };
  let append = () => {};
  for (const line of block.trim().split("\n").map((part) => part.trim())) {
    if (line.startsWith("#")) {
      if (line.startsWith("#.")) entry.notes.push(line.slice(2).trim());
      continue;
    }
    const [, keyword, index, quoted] = /^(msgid_plural|msgid|msgstr)?(?:\[(\d)\])?\s*("(?:[^"\\]|\\.)*")$/.exec(line) ?? [];
    if (quoted === undefined) throw new Error(`not a line of a catalogue: ${line}`);
    const value = JSON.parse(quoted);
    if (keyword === "msgid") append = (part) => (entry.one += part);
    if (keyword === "msgid_plural") append = (part) => (entry.many = (entry.many ?? "") + part);
    if (keyword === "msgstr") {
      const at = Number(index ?? 0);
      append = (part) => (entry.text[at] = (entry.text[at] ?? "") + part);
    }
    append(value);
  }
  return entry;
}

/** Write a catalogue; entries in the order given. */
export function formatPo(header, entries) {
  return [header, ...entries.map(formatEntry)].join("\n\n") + "\n";
}

function formatEntry({ one, many, text, notes, files = [] }) {
  const quote = JSON.stringify;
  const head = [...notes.map((note) => `#. ${note}`), ...files.map((file) => `#: ${file}`), `msgid ${quote(one)}`];
  if (many === null) return [...head, `msgstr ${quote(text[0] ?? "")}`].join("\n");
  return [...head, `msgid_plural ${quote(many)}`, ...[0, 1].map((at) => `msgstr[${at}] ${quote(text[at] ?? "")}`)].join("\n");
}

/** What the browser loads: message, or its plural forms, by the English singular. */
export function compilePo(entries) {
  const sorted = [...entries.values()].sort((a, b) => (a.one < b.one ? -1 : 1));
  return JSON.stringify(Object.fromEntries(sorted.map(({ one, many, text }) => [one, many === null ? text[0] : text])));
}
