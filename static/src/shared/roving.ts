/** Moving focus by arrow keys inside one tab stop (APG: toolbar, menu). */

/** Index that `key` leads to from `index` among `count` items, wrapping; null for other keys. */
export function nextIndex(key: string, index: number, count: number, rtl = false): number | null {
  const forward = rtl ? "ArrowLeft" : "ArrowRight";
  const backward = rtl ? "ArrowRight" : "ArrowLeft";
  if (count === 0) return null;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (key === "ArrowDown" || key === forward) return (index + 1) % count;
  if (key === "ArrowUp" || key === backward) return (index - 1 + count) % count;
  return null;
}
