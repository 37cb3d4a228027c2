/** When to look for what came: often while something comes or the page is used, slower and slower while nothing does. */

const SLOWEST_MS = 60_000;
const SLOWING = 1.5;
/** So that the pages of a course do not all ask at once: up to this part earlier or later. */
const JITTER = 0.2;

export class Pulse {
  readonly #random: () => number;
  #interval: number;
  #slowness = 1;

  /** `interval`: ms between two looks, until the server says another. */
  constructor(interval: number, random: () => number = Math.random) {
    this.#interval = interval;
    this.#random = random;
  }

  /** ms until the next look; null where the server wants none. */
  get delay(): number | null {
    if (this.#interval <= 0) return null;
    const jitter = 1 + (this.#random() * 2 - 1) * JITTER;
    return Math.min(this.#interval * this.#slowness, Math.max(SLOWEST_MS, this.#interval)) * jitter;
  }

  /** A look was answered; `found` says whether there was news in it. */
  answered(interval: number, found: boolean): void {
    this.#interval = interval;
    this.#slowness = found ? 1 : this.#slowness * SLOWING;
  }

  failed(): void {
    this.#slowness *= 2;
  }

  /** The reader does something here: it matters again. */
  quicken(): void {
    this.#slowness = 1;
  }
}
