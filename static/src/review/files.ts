/** Which files may be handed in: what is wrong with one is said before it is sent. */
import { _, listOf, ngettext } from "../shared/i18n.ts";
import { formatBytes } from "../shared/sizes.ts";
import type { FileRules } from "./types.ts";

type Named = Pick<File, "name" | "size">;

/** Why `file` cannot be handed in beside `count` others; "" when it can. */
export function refusalOf(file: Named, rules: FileRules, count: number): string {
  const { name } = file;
  if (!rules.types.some((type) => name.toLowerCase().endsWith(type.toLowerCase()))) {
    return _("“{name}” is not of a type that is taken here: {types}.", { name, types: typeNames(rules) });
  }
  if (file.size === 0) return _("“{name}” is empty.", { name });
  if (file.size > rules.max_bytes) {
    return _("“{name}” has {size}; at most {cap} fit.", { name, size: formatBytes(file.size), cap: formatBytes(rules.max_bytes) });
  }
  if (count >= rules.max_count) {
    return ngettext("“{name}” is one too many: {n} file fits.", "“{name}” is one too many: {n} files fit.", rules.max_count, { name });
  }
  return "";
}

/** "PDF, PNG and CSV" */
export function typeNames(rules: FileRules): string {
  return listOf(rules.types.map((type) => type.replace(/^\./, "").toUpperCase()));
}

/** What the reader may add, in one sentence. */
export function describeRules(rules: FileRules): string {
  const values = { types: typeNames(rules), size: formatBytes(rules.max_bytes) };
  return ngettext("{types}, up to {size}, {n} file.", "{types}, up to {size} each, at most {n} files.", rules.max_count, values);
}
