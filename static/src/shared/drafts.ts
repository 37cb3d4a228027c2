/** Unsent texts, kept on this device: one record a person, space and place, forgotten once sent. */

const PREFIX = "peer-draft:";
const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

export interface Draft {
  readonly title: string;
  readonly body: string;
  readonly kind: string;
  readonly anonymous: boolean;
  /** Of an edit: the revision that it starts from. */
  readonly revision?: number;
}

/** A send whose outcome nobody knows: repeated under the same key, it cannot post twice. */
export interface Attempt {
  readonly key: string;
  readonly draft: Draft;
}

export interface DraftRecord {
  readonly draft: Draft;
  readonly attempt: Attempt | null;
}

export const EMPTY_DRAFT: Draft = { title: "", body: "", kind: "question", anonymous: false };

/** True when `draft` says nothing that `initial` did not. */
export function isUntouched(draft: Draft, initial: Draft): boolean {
  return draft.title.trim() === initial.title.trim() && draft.body.trim() === initial.body.trim();
}

export class Drafts {
  readonly #scope: string;
  readonly #storage: Storage | null;

  constructor(scope: string, storage: Storage | null, now: number) {
    this.#scope = scope;
    this.#storage = storage;
    this.#forgetOld(now);
  }

  /** What was kept for `place`, with the time (ms) at which it was; null when nothing was. */
  read<T extends object = DraftRecord>(place: string): (T & { readonly at: number }) | null {
    try {
      const text = this.#storage?.getItem(this.#key(place));
      return text ? (JSON.parse(text) as T & { readonly at: number }) : null;
    } catch {
      return null;
    }
  }

  /** False when this browser keeps nothing: full, private, or forbidden. */
  keep<T extends object = DraftRecord>(place: string, record: T, now: number): boolean {
    try {
      this.#storage?.setItem(this.#key(place), JSON.stringify({ ...record, at: now }));
      return this.#storage !== null;
    } catch {
      return false;
    }
  }

  forget(place: string): void {
    this.#storage?.removeItem(this.#key(place));
  }

  #key(place: string): string {
    return `${PREFIX}${this.#scope}:${place}`;
  }

  #forgetOld(now: number): void {
    const storage = this.#storage;
    if (!storage) return;
    for (const key of Object.keys(storage).filter((name) => name.startsWith(PREFIX))) {
      if (ageDays(storage.getItem(key), now) > KEPT_DAYS) storage.removeItem(key);
    }
  }
}

function ageDays(text: string | null, now: number): number {
  try {
    const at = (JSON.parse(text ?? "{}") as { at?: number }).at ?? now;
    return (now - at) / DAY_MS;
  } catch {
    return Infinity;
  }
}

/** The page's storage, or null where the browser forbids it. */
export function pageStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
