/** The device's shelf for drafts: IndexedDB, which writes through to the disk before it says that it did. */
import { Drafts, type Row, type Shelf } from "./drafts.ts";

const STORE = "drafts";
/** A browser that does not open its database by then is one that keeps nothing. */
const PATIENCE_MS = 2_000;

class Database implements Shelf {
  readonly #db: IDBDatabase;

  constructor(db: IDBDatabase) {
    this.#db = db;
  }

  load(): Promise<Row[]> {
    return finished<Row[]>(this.#db.transaction(STORE).objectStore(STORE).getAll());
  }

  put(row: Row): Promise<void> {
    return this.#write((store) => store.put(row));
  }

  remove(keys: readonly string[]): Promise<void> {
    return this.#write((store) => keys.forEach((key) => store.delete(key)));
  }

  /** Strict: a browser that is killed right after has it on the disk. */
  #write(act: (store: IDBObjectStore) => unknown): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.#db.transaction(STORE, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error(STORE));
      act(transaction.objectStore(STORE));
    });
  }
}

/** The drafts of a reader in a space, with what earlier pages kept of them. */
export async function openDrafts(scope: string, owner: string): Promise<Drafts> {
  const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const opening = openShelf();
  const shelf = await Promise.race([opening, patience]);
  // However late it opens: what another reader left does not stay.
  if (!shelf) void opening.then((late) => Drafts.open(scope, owner, late, Date.now()));
  return Drafts.open(scope, owner, shelf, Date.now());
}

/** Null where the browser has none to offer. */
async function openShelf(): Promise<Shelf | null> {
  try {
    const request = indexedDB.open("peer", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    return new Database(await finished(request));
  } catch {
    return null;
  }
}

function finished<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(STORE));
  });
}
