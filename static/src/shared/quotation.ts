/** A quotation to put before one's own words. */
export function quotation(name: string, text: string): string {
  const lines = text.trim().split(/\r?\n/).map((line) => `> ${line}`.trimEnd());
  return `> **${name}**\n>\n${lines.join("\n")}\n\n`;
}
