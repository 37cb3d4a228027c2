/** Unsent texts, kept on this device: one record a person, space and place, forgotten once sent. */

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

export interface Draft {
  readonly title: string;
  readonly body: string;
  readonly kind: string;
  readonly anonymous: boolean;
  /** Of a thread: its tags with commas between them. */
  readonly tags?: string;
  /** Of an edit: the revision that it starts from. */
  readonly revision?: number;
}

/** A send whose outcome nobody knows: repeated under the same key, it cannot post twice. */
export interface Attempt {
  readonly key: string;
  readonly draft: Draft;
}

/** How a text stands to the server's: the revision that it goes on from (0: none), and whether it is there as it is here. */
export interface Synced {
  readonly base: number;
  readonly isClean: boolean;
}

export const UNSYNCED: Synced = { base: 0, isClean: false };

export interface DraftRecord {
  readonly draft: Draft;
  readonly attempt: Attempt | null;
  readonly synced?: Synced;
}

export const EMPTY_DRAFT: Draft = { title: "", body: "", kind: "question", anonymous: false };

/** True when `draft` says nothing that `initial` did not. */
export function isUntouched(draft: Draft, initial: Draft): boolean {
  const parts = ({ title, body, tags = "" }: Draft): string => [title, body, tags].map((part) => part.trim()).join("\0");
  return parts(draft) === parts(initial);
}

/** The tags of a draft, as they are sent. */
export function tagsOf({ tags = "" }: Draft): readonly string[] {
  return tags.split(",").map((tag) => tag.trim()).filter(Boolean);
}

/** One draft as the device keeps it. */
export interface Row {
  readonly key: string;
  readonly owner: string;
  /** When it was kept, in ms since 1970. */
  readonly at: number;
  readonly record: object;
}

/** Where a device keeps drafts. Everything that was put is there after a crash once the promise is kept. */
export interface Shelf {
  load(): Promise<readonly Row[]>;
  put(row: Row): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
}

/** The drafts of one reader in one space: read from memory, where all of them are since the page was opened. */
export class Drafts {
  readonly #prefix: string;
  readonly #owner: string;
  readonly #rows: Map<string, Row>;
  #shelf: Shelf | null;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(prefix: string, owner: string, shelf: Shelf | null, rows: readonly Row[]) {
    this.#prefix = prefix;
    this.#owner = owner;
    this.#shelf = shelf;
    this.#rows = new Map(rows.map((row) => [row.key, row]));
  }

  /** Another reader's drafts, and those of more than 90 days, leave the device. Without a reader nothing is kept. */
  static async open(scope: string, owner: string, shelf: Shelf | null, now: number): Promise<Drafts> {
    const prefix = `${owner}:${scope}:`;
    try {
      const rows = (await shelf?.load()) ?? [];
      const isMine = (row: Row): boolean => row.owner === owner && now - row.at <= KEPT_DAYS * DAY_MS;
      const gone = rows.filter((row) => !isMine(row)).map(({ key }) => key);
      if (gone.length) await shelf?.remove(gone);
      return new Drafts(prefix, owner, owner ? shelf : null, rows.filter((row) => isMine(row) && row.key.startsWith(prefix)));
    } catch {
      return new Drafts(prefix, owner, null, []);
    }
  }

  /** What was kept for `place`, with the time (ms) at which it was; null when nothing was. */
  read<T extends object = DraftRecord>(place: string): (T & { readonly at: number }) | null {
    const row = this.#rows.get(this.#prefix + place);
    return row ? { ...(row.record as T), at: row.at } : null;
  }

  /** False when this browser keeps nothing: full, private, or forbidden. */
  keep<T extends object = DraftRecord>(place: string, record: T, now: number): boolean {
    const row = { key: this.#prefix + place, owner: this.#owner, at: now, record };
    this.#rows.set(row.key, row);
    this.#write((shelf) => shelf.put(row));
    return this.#shelf !== null;
  }

  forget(place: string): void {
    const key = this.#prefix + place;
    this.#rows.delete(key);
    this.#write((shelf) => shelf.remove([key]));
  }

  /** Resolves when all that was to be kept is on the device: true when it is. */
  async settled(): Promise<boolean> {
    await this.#writing;
    return this.#shelf !== null;
  }

  /** In order; after a failure this device is taken to keep nothing. */
  #write(act: (shelf: Shelf) => Promise<void>): void {
    this.#writing = this.#writing
      .then(() => this.#shelf && act(this.#shelf))
      .catch(() => (this.#shelf = null));
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
