/** Bring an element into view: in this page, and in the page around it when this one is framed. */
export function reveal(element: HTMLElement): void {
  element.scrollIntoView({ block: "nearest" });
  if (window.parent === window || !document.referrer) return;
  const offset = Math.max(element.getBoundingClientRect().top + window.scrollY, 1);
  window.parent.postMessage({ offset }, new URL(document.referrer).origin);
}
