import { html, type TemplateResult } from "lit";
import { _, ngettext } from "../../shared/i18n.ts";
import { define } from "../../shared/light-element.ts";
import { empty } from "../../shared/notices.ts";
import { threadRow } from "../thread-row.ts";
import type { Thread } from "../types.ts";
import { openAt, placeOf, type Where } from "../where.ts";
import { PagedList, type Page } from "./paged-list.ts";

interface ThreadElsewhere extends Where {
  readonly thread: Thread;
}

/** Threads of all discussions of the course that the reader may open, the latest first. */
export class PeerWholeCourse extends PagedList<ThreadElsewhere> {
  protected get label(): string {
    return _("Threads of the whole course");
  }

  protected async fetch(cursor: string | null, signal: AbortSignal): Promise<Page<ThreadElsewhere>> {
    const query = cursor ? { cursor } : {};
    const { threads, next } = await this.app.api.call<{ threads: ThreadElsewhere[]; next: string | null }>("list_course", query, { signal });
    return { items: threads, next };
  }

  protected row({ thread, ...where }: ThreadElsewhere): TemplateResult {
    return threadRow(thread, {
      level: this.app.level + 1, isCurrent: false, isPinMarked: thread.is_pinned,
      open: (event) => openAt(event, this.app, thread, where, null),
      where: html`<span>${placeOf(where, this.app.space?.title)}</span>`,
    });
  }

  protected idOf({ thread }: ThreadElsewhere): string {
    return thread.id;
  }

  protected empty(): TemplateResult {
    return empty({
      level: this.app.level + 1, title: _("Nobody has asked yet in this course"),
      text: _("Threads of all its discussions that are open to you come here."),
    });
  }

  protected counted(n: number): string {
    return ngettext("{n} thread of the whole course", "{n} threads of the whole course", n);
  }
}

define("peer-whole-course", PeerWholeCourse);
