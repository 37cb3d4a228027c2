/** Bring an element into view: in this page, and in the page around it when this one is framed. */

/** How long a frame may take to grow to its new content. */
const GROWING_MS = 2_000;

export function reveal(element: HTMLElement): void {
  show(element);
  if (window.parent === window) return;
  // The frame is as tall as its content, a moment later: what was asked of the page around it is asked again.
  const signal = AbortSignal.timeout(GROWING_MS);
  window.addEventListener("resize", () => show(element), { signal });
}

function show(element: HTMLElement): void {
  if (!element.isConnected) return;
  element.scrollIntoView({ block: "nearest" });
  if (window.parent === window || !document.referrer) return;
  const offset = Math.max(element.getBoundingClientRect().top + window.scrollY, 1);
  window.parent.postMessage({ offset }, new URL(document.referrer).origin);
}
