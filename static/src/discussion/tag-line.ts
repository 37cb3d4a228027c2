/** The line of tags as it is typed. */

/** A chosen tag in the place of the one that was begun, with room for the next. */
export function withTag(line: string, tag: string): string {
  const whole = line.split(",").slice(0, -1).map((part) => part.trim()).filter(Boolean);
  return [...whole, tag, ""].join(", ");
}
