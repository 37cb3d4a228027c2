/** The sheets of a shadow root: fetched once a page, shared by all elements. */

const sheets = new Map<string, Promise<CSSStyleSheet>>();

/** Adopt the sheets at `urls`, in order; where they cannot be read (another origin), link them. */
export async function adoptStyles(root: ShadowRoot, urls: readonly string[]): Promise<void> {
  try {
    const loaded = await Promise.all(urls.map(loadSheet));
    root.adoptedStyleSheets = [...loaded, ...root.adoptedStyleSheets.filter((sheet) => !loaded.includes(sheet))];
  } catch {
    root.prepend(...urls.map(linkTo));
  }
}

function loadSheet(url: string): Promise<CSSStyleSheet> {
  const known = sheets.get(url);
  if (known) return known;
  const loading = fetchSheet(url);
  sheets.set(url, loading);
  loading.catch(() => sheets.delete(url));
  return loading;
}

async function fetchSheet(url: string): Promise<CSSStyleSheet> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(scaleRems(await answer.text(), remScale()));
  return sheet;
}

/** A page whose root is set smaller than what the reader asked for (Studio: 62.5 %) counts its rems so. */
const SHRUNK = 0.8;

/** By how much a rem falls short here; 1 where it is what the reader's browser says. */
function remScale(): number {
  const probe = document.createElement("span");
  probe.style.fontSize = "medium";
  document.documentElement.append(probe);
  const [wanted, root] = [probe, document.documentElement].map((element) => parseFloat(getComputedStyle(element).fontSize));
  probe.remove();
  return wanted && root && root < wanted * SHRUNK ? wanted / root : 1;
}

/** The sheet with all its rems multiplied, those of its container queries too. */
export function scaleRems(css: string, factor: number): string {
  return factor === 1 ? css : css.replace(/(\d*\.?\d+)rem\b/g, (_rem, size: string) => `${+(Number(size) * factor).toFixed(4)}rem`);
}

function linkTo(url: string): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  return link;
}
