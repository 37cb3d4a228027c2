/** The operations of notices, typed. */
import type { Api } from "../../shared/api.ts";
import type { Digest, NoticePage, NoticeSettings } from "./types.ts";

export class NoticeOperations {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  list(cursor: string | null): Promise<NoticePage> {
    return this.#api.call("list_notices", cursor ? { cursor } : {});
  }

  async count(): Promise<number> {
    const answer = await this.#api.call<{ unread: number }>("count_notices", {});
    return answer.unread;
  }

  /** One notice, or with null all of them; how many still wait. */
  async markRead(notice: string | null): Promise<number> {
    const answer = await this.#api.call<{ unread: number }>("mark_notices_read", notice ? { notice } : {}, { keepalive: true });
    return answer.unread;
  }

  settings(): Promise<NoticeSettings> {
    return this.#api.call("notice_settings", {});
  }

  followSpace(on: boolean): Promise<NoticeSettings> {
    return this.#api.call("follow_space", { on });
  }

  chooseDigest(digest: Digest): Promise<NoticeSettings> {
    return this.#api.call("choose_notices", { digest });
  }

  followThread(thread: string, on: boolean): Promise<{ follows: boolean }> {
    return this.#api.call("follow_thread", { thread, on });
  }
}
