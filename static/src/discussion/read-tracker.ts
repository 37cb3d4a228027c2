/** Which posts have been before the reader's eyes: the highest number goes to the server, after a pause. */

const SEEN_AFTER_MS = 500;
const SEND_AFTER_MS = 1_500;

export class ReadTracker {
  readonly #send: (number: number) => void;
  readonly #observer: IntersectionObserver;
  readonly #visible = new Map<Element, ReturnType<typeof setTimeout>>();
  #highest: number;
  #sendTimer: ReturnType<typeof setTimeout> | undefined;

  /** `read` is the highest number that the server knows of. */
  constructor(read: number, send: (number: number) => void) {
    this.#highest = read;
    this.#send = send;
    this.#observer = new IntersectionObserver((entries) => entries.forEach((entry) => this.#onEntry(entry)), {
      threshold: [0, 0.5],
    });
  }

  /** Watch the elements with `data-number` that are mounted now. */
  watch(elements: Iterable<Element>): void {
    for (const element of elements) this.#observer.observe(element);
  }

  /** Send what is due now, and watch no more. */
  stop(): void {
    this.#observer.disconnect();
    this.#visible.forEach((timer) => clearTimeout(timer));
    this.#flush();
  }

  #onEntry({ target, isIntersecting }: IntersectionObserverEntry): void {
    clearTimeout(this.#visible.get(target));
    this.#visible.delete(target);
    if (isIntersecting) this.#visible.set(target, setTimeout(() => this.#see(target), SEEN_AFTER_MS));
  }

  #see(element: Element): void {
    this.#observer.unobserve(element);
    const number = Number((element as HTMLElement).dataset.number);
    if (number <= this.#highest) return;
    this.#highest = number;
    this.#sendTimer ??= setTimeout(() => this.#flush(), SEND_AFTER_MS);
  }

  #flush(): void {
    if (this.#sendTimer === undefined) return;
    clearTimeout(this.#sendTimer);
    this.#sendTimer = undefined;
    this.#send(this.#highest);
  }
}
