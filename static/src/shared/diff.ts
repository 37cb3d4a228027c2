/** What changed between two texts, by words. */

export interface Change {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Above this many cells the table would cost more than it shows: the middle is then replaced as a whole. */
const MAX_CELLS = 4_000_000;

export function diffWords(before: string, after: string): Change[] {
  const old = tokens(before);
  const now = tokens(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  const room = Math.min(old.length, now.length) - head;
  while (tail < room && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = diffTokens(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  return merge([
    ...same(now.slice(0, head)),
    ...middle,
    ...same(now.slice(now.length - tail)),
  ]);
}

function tokens(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
}

function same(list: readonly string[]): Change[] {
  return list.map((text) => ({ kind: "same", text }));
}

/** Longest common subsequence; O(n·m) time and memory, bounded by MAX_CELLS. */
function diffTokens(old: readonly string[], now: readonly string[]): Change[] {
  if (old.length * now.length > MAX_CELLS) {
    return [{ kind: "removed", text: old.join("") }, { kind: "added", text: now.join("") }];
  }
  const lengths = commonLengths(old, now);
  const width = now.length + 1;
  const changes: Change[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    const down = lengths[(i + 1) * width + j] ?? -1;
    const right = lengths[i * width + j + 1] ?? -1;
    if (i < old.length && j < now.length && old[i] === now[j]) {
      changes.push({ kind: "same", text: now[j++] ?? "" });
      i += 1;
    } else if (j >= now.length || (i < old.length && down >= right)) {
      changes.push({ kind: "removed", text: old[i++] ?? "" });
    } else {
      changes.push({ kind: "added", text: now[j++] ?? "" });
    }
  }
  return changes;
}

/** lengths[i * width + j]: length of the common subsequence of old[i..] and now[j..]. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint32Array {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      lengths[at] = old[i] === now[j]
        ? (lengths[at + width + 1] ?? 0) + 1
        : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  return lengths;
}

function merge(changes: readonly Change[]): Change[] {
  const merged: Change[] = [];
  for (const change of changes) {
    const last = merged.at(-1);
    if (last?.kind === change.kind) merged[merged.length - 1] = { kind: change.kind, text: last.text + change.text };
    else merged.push(change);
  }
  return merged;
}
