import { html, type TemplateResult } from "lit";
import { _, ngettext } from "../../shared/i18n.ts";
import { define } from "../../shared/light-element.ts";
import { empty } from "../../shared/notices.ts";
import { threadRow } from "../thread-row.ts";
import type { Thread } from "../types.ts";
import { PagedList, type Page } from "./paged-list.ts";

interface ThreadElsewhere {
  readonly thread: Thread;
  /** The title of the discussion that it is in. */
  readonly space: string;
  readonly is_here: boolean;
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

  protected row({ thread, space, is_here }: ThreadElsewhere): TemplateResult {
    const open = (event: MouseEvent): void => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      if (is_here) this.app.open(thread.id);
      else window.open(thread.url, "_top");
    };
    return threadRow(thread, {
      level: this.app.level + 1, isCurrent: false, isPinMarked: thread.is_pinned, open,
      where: html`<span>${is_here ? _("In this unit") : this.#elsewhere(space)}</span>`,
    });
  }

  /** Most authors leave the title as it is: then it would name the reader's own discussion. */
  #elsewhere(title: string): string {
    return title && title !== this.app.space?.title ? _("In “{title}”", { title }) : _("In another unit");
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
