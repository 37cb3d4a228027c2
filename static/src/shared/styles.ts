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
  sheet.replaceSync(await answer.text());
  return sheet;
}

function linkTo(url: string): HTMLLinkElement {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  return link;
}
