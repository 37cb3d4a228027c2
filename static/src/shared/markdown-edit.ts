/** What the toolbar does to Markdown text: plain functions from text and selection to text and selection. */

export interface Editing {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export type Format = "bold" | "italic" | "list" | "quote" | "code" | "formula";

const MARKS = { bold: "**", italic: "*", code: "`", formula: "$" } as const;
const PREFIXES = { list: "- ", quote: "> " } as const;
const FENCES = { code: "```", formula: "$$" } as const;

/** Apply or take back a format on the selection. Several lines of code or formula become a block. */
export function applyFormat(editing: Editing, format: Format): Editing {
  if (format === "list" || format === "quote") return prefixLines(editing, PREFIXES[format]);
  const selected = editing.text.slice(editing.start, editing.end);
  if (selected.includes("\n") && (format === "code" || format === "formula")) return fence(editing, FENCES[format]);
  return wrap(editing, MARKS[format]);
}

function wrap({ text, start, end }: Editing, mark: string): Editing {
  const size = mark.length;
  const isWrapped = text.slice(start - size, start) === mark && text.slice(end, end + size) === mark;
  if (isWrapped && start >= size) {
    const inner = text.slice(start, end);
    return { text: text.slice(0, start - size) + inner + text.slice(end + size), start: start - size, end: end - size };
  }
  const wrapped = mark + text.slice(start, end) + mark;
  return { text: text.slice(0, start) + wrapped + text.slice(end), start: start + size, end: end + size };
}

function fence({ text, start, end }: Editing, mark: string): Editing {
  const before = start > 0 && text[start - 1] !== "\n" ? "\n" : "";
  const open = `${before}${mark}\n`;
  const block = `${open}${text.slice(start, end)}\n${mark}\n`;
  const from = start + open.length;
  return { text: text.slice(0, start) + block + text.slice(end), start: from, end: from + end - start };
}

function prefixLines({ text, start, end }: Editing, prefix: string): Editing {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const lines = text.slice(from, end).split("\n");
  const isPrefixed = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (isPrefixed ? line.slice(prefix.length) : prefix + line)).join("\n");
  const shift = isPrefixed ? -prefix.length : prefix.length;
  const result = text.slice(0, from) + changed + text.slice(end);
  return { text: result, start: Math.max(from, start + shift), end: from + changed.length };
}
