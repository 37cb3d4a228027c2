/** In which of the course's discussions a thread stands, in words, and how it is opened from here. */
import { _ } from "../shared/i18n.ts";
import { isPlainClick } from "../shared/plain-click.ts";
import type { App } from "./app.ts";
import type { Thread } from "./types.ts";

/** The titles of a discussion and of its unit; "" where there is none. */
export interface Where {
  readonly space: string;
  readonly unit: string;
  readonly is_here: boolean;
}

/** Most authors leave a discussion's title as it is: the unit's says more. */
export function placeOf({ space, unit, is_here }: Where, here: string | undefined): string {
  if (is_here) return _("In this unit");
  if (unit) return _("In “{title}”", { title: unit });
  return space && space !== here ? _("In “{title}”", { title: space }) : _("In another unit");
}

/** Here in the block, elsewhere on its own page. post: of the thread, null for its beginning. */
export function openAt(event: MouseEvent, app: App, thread: Thread, { is_here }: Where, post: string | null): void {
  if (!isPlainClick(event)) return;
  event.preventDefault();
  if (is_here) app.open(thread.id, post);
  else window.open(post ? thread.url.replace(thread.id, post) : thread.url, "_top");
}
