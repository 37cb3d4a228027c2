/** Sending a text once, however often it takes. */
import { Unanswered } from "./errors.ts";
import type { Attempt, Draft } from "./drafts.ts";

export interface Sending<T> {
  /** Repeatable: the same key always means the same post. */
  create(draft: Draft, key: string): Promise<T>;
  /** Bring what was created up to `draft`. */
  amend(created: T, draft: Draft): Promise<T>;
}

/**
 * Sends a draft. After a failure without an answer the earlier text goes again under its key, which creates it or
 * finds it; what was changed since follows as an edit, so that nothing is posted twice and no word is lost.
 * A text that has since become anonymous (or named, or of another kind) is a new post: no edit can change these.
 */
export class Sender<T> {
  readonly #sending: Sending<T>;
  readonly #newKey: () => string;
  /** What may or may not have arrived; null when nothing is in doubt. */
  attempt: Attempt | null;

  constructor(sending: Sending<T>, attempt: Attempt | null, newKey: () => string) {
    this.#sending = sending;
    this.#newKey = newKey;
    this.attempt = attempt;
  }

  async send(draft: Draft): Promise<T> {
    const attempt = this.#attemptFor(draft);
    this.attempt = attempt;
    const created = await this.#create(attempt);
    const isChanged = !isSameText(attempt.draft, draft);
    const result = isChanged ? await this.#sending.amend(created, draft) : created;
    this.attempt = null;
    return result;
  }

  #attemptFor(draft: Draft): Attempt {
    const { attempt } = this;
    const isSame = attempt?.draft.anonymous === draft.anonymous && attempt.draft.kind === draft.kind;
    return attempt && isSame ? attempt : { key: this.#newKey(), draft };
  }

  async #create(attempt: Attempt): Promise<T> {
    try {
      return await this.#sending.create(attempt.draft, attempt.key);
    } catch (error) {
      if (!(error instanceof Unanswered)) this.attempt = null;
      throw error;
    }
  }
}

function isSameText(one: Draft, other: Draft): boolean {
  return one.body === other.body && one.title === other.title && (one.tags ?? "") === (other.tags ?? "");
}
