/** The operations of peer review, typed; each is one call of the block's handler. */
import type { Api } from "../shared/api.ts";
import type { Draft } from "../shared/drafts.ts";
import type { Filter, OverseePage, OverseeRow, ReadWork, ReviewDraft, SkipReason, State, StoredFile } from "./types.ts";

export interface HandIn {
  readonly files: readonly string[];
  /** 0 for the first time, else the revision that is replaced. */
  readonly revision: number;
  readonly pledge: boolean;
}

export class Operations {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  open(signal: AbortSignal): Promise<State> {
    return this.#api.call("open_activity", {}, { signal });
  }

  submit(draft: Draft, key: string, { files, revision, pledge }: HandIn): Promise<State> {
    return this.#api.call("submit", { client_key: key, body: draft.body, files, revision, pledge });
  }

  /** Where a file of this name is sent to. */
  uploadAddress(name: string): string {
    return this.#api.addressOf(`upload_file?${new URLSearchParams({ name })}`);
  }

  /** Where a file is downloaded. */
  addressOf({ url }: StoredFile): string {
    return this.#api.addressOf(url);
  }

  removeFile(file: string): Promise<unknown> {
    return this.#api.call("remove_file", { file });
  }

  takeReview(): Promise<State> {
    return this.#api.call("take_review", {});
  }

  saveReview(review: string, draft: ReviewDraft): Promise<{ saved_at: string }> {
    return this.#api.call("save_review", { review, ...draft });
  }

  sendReview(review: string, draft: ReviewDraft): Promise<State> {
    return this.#api.call("send_review", { review, ...draft });
  }

  skipReview(review: string, reason: SkipReason, note: string): Promise<State> {
    return this.#api.call("skip_review", { review, reason, note });
  }

  oversee(filter: Filter, cursor: string | null, signal: AbortSignal): Promise<OverseePage> {
    return this.#api.call("oversee", { filter, ...(cursor ? { cursor } : {}) }, { signal });
  }

  readSubmission(submission: string, signal: AbortSignal): Promise<ReadWork> {
    return this.#api.call("read_submission", { submission }, { signal });
  }

  /** revision: of the work that was read. */
  staffReview(submission: string, draft: ReviewDraft, revision: number): Promise<{ row: OverseeRow }> {
    return this.#api.call("staff_review", { submission, ...draft, revision });
  }
}
