/** Keeping a review that is being written: on this device at each pause, on the server at each longer one. */
import { Refused } from "../shared/errors.ts";
import type { ReviewDraft } from "./types.ts";

const LOCAL_MS = 400;
const REMOTE_MS = 1_500;

/** "kept" on this device, "saved" on the server too, "unkept" nowhere but on the page. */
export type Kept = "" | "kept" | "saved" | "unkept";

export interface Places {
  /** False when this device keeps nothing. */
  keep(draft: ReviewDraft): boolean;
  save(draft: ReviewDraft): Promise<unknown>;
  /** The state changed. */
  tell(kept: Kept): void;
  /** The server does not take it: a field is wrong, or the work is not the reader's any more. */
  refused(refusal: Refused): void;
}

/** One save is on its way at a time; what was changed meanwhile follows. */
export class Keeping {
  readonly #places: Places;
  #draft: ReviewDraft | null = null;
  #unsaved = false;
  #saving = false;
  #stopped = false;
  #localTimer: ReturnType<typeof setTimeout> | undefined;
  #remoteTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(places: Places) {
    this.#places = places;
  }

  change(draft: ReviewDraft): void {
    this.#draft = draft;
    this.#unsaved = true;
    clearTimeout(this.#localTimer);
    this.#localTimer = setTimeout(() => this.#keep(), LOCAL_MS);
    this.#later();
  }

  #later(): void {
    clearTimeout(this.#remoteTimer);
    if (!this.#stopped) this.#remoteTimer = setTimeout(() => void this.#save(), REMOTE_MS);
  }

  #keep(): void {
    clearTimeout(this.#localTimer);
    if (this.#draft) this.#places.tell(this.#places.keep(this.#draft) ? "kept" : "unkept");
  }

  /** Now, as the reader leaves. */
  flush(): void {
    if (!this.#unsaved) return;
    this.#keep();
    void this.#save();
  }

  /** Nothing more is saved: the review was sent, or is not the reader's any more. */
  stop(): void {
    this.#stopped = true;
    this.#unsaved = false;
    clearTimeout(this.#localTimer);
    clearTimeout(this.#remoteTimer);
  }

  async #save(): Promise<void> {
    clearTimeout(this.#remoteTimer);
    if (this.#saving || this.#stopped || !this.#draft) return;
    this.#saving = true;
    this.#unsaved = false;
    try {
      await this.#places.save(this.#draft);
      if (!this.#unsaved) this.#places.tell("saved");
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#saving = false;
    }
    if (this.#unsaved) this.#later();
  }

  #failed(error: unknown): void {
    if (!(error instanceof Refused)) {
      this.#unsaved = true;
      return this.#keep();
    }
    if (!isOfAField(error)) this.stop();
    this.#places.refused(error);
  }
}

/** True when the next change may mend it. */
export function isOfAField({ code }: Refused): boolean {
  return code === "invalid" || code === "too_large";
}
