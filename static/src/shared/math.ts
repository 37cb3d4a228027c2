/** Formulas: KaTeX in a script of its own, loaded when the first `.math` is seen. */
import { loadScript } from "./script.ts";

interface Katex {
  readonly sheet: string;
  readonly fontFaces: (base: string) => string;
  render(tex: string, target: HTMLElement, display: boolean): void;
}

declare global {
  interface Window {
    PeerKatex?: Katex;
  }
}

let hasFonts = false;
let sheet: CSSStyleSheet | undefined;

/** Typeset the formulas in `scope` that are still TeX. Where KaTeX does not come, the TeX stays readable. */
export async function typeset(scope: HTMLElement, scriptUrl: string): Promise<void> {
  const formulas = [...scope.querySelectorAll<HTMLElement>(".math:not([data-set])")];
  if (formulas.length === 0) return;
  formulas.forEach((formula) => (formula.dataset.set = ""));
  try {
    const katex = await loadKatex(scriptUrl);
    adoptSheet(scope.getRootNode() as ShadowRoot, katex);
    for (const formula of formulas) {
      katex.render(formula.textContent ?? "", formula, formula.classList.contains("display"));
    }
  } catch {
    formulas.forEach((formula) => delete formula.dataset.set);
  }
}

async function loadKatex(url: string): Promise<Katex> {
  await loadScript(url);
  const katex = window.PeerKatex;
  if (!katex) throw new TypeError(url);
  if (!hasFonts) addFonts(katex, url);
  hasFonts = true;
  return katex;
}

/** Fonts are a matter of the document: `@font-face` has no effect inside a shadow root. */
function addFonts(katex: Katex, scriptUrl: string): void {
  const style = document.createElement("style");
  style.textContent = katex.fontFaces(new URL("fonts/", new URL(scriptUrl, document.baseURI)).href);
  document.head.append(style);
}

function adoptSheet(root: ShadowRoot, katex: Katex): void {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(katex.sheet);
  }
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}
