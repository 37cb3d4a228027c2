/** Notices in words. */
import { _ } from "../../shared/i18n.ts";
import { nameOf } from "../../shared/people.ts";
import type { Notice } from "./types.ts";

/** Who did what, in one sentence; the thread's title stands beside it. */
export function sentenceOf(notice: Notice): string {
  const name = nameOf(notice.author);
  if (notice.reason === "private") return _("{name} wrote to the team alone", { name });
  if (notice.reason === "mention") return _("{name} mentioned you", { name });
  if (notice.reason === "space") return _("{name} started a thread", { name });
  if (notice.reason === "answer") {
    return notice.depth === 2 ? _("{name} commented on your response", { name }) : _("{name} answered you", { name });
  }
  return notice.depth === 2 ? _("{name} commented", { name }) : _("{name} responded", { name });
}
