/** The lazy script of formulas: KaTeX with its style, handed to `shared/math.ts` through one global. */
import katex from "katex";
import { fontFaces, sheet } from "peer:katex-style";

/** `base` is the absolute address of the folder with the fonts, with a slash at its end. */
function facesAt(base: string): string {
  return fontFaces.replaceAll("url(fonts/", `url(${base}`);
}

/** Faulty TeX is shown in the error colour, never thrown. */
function render(tex: string, target: HTMLElement, displayMode: boolean): void {
  katex.render(tex, target, { displayMode, throwOnError: false, strict: "ignore", trust: false, maxSize: 20, maxExpand: 1000 });
}

Object.assign(window, { PeerKatex: { sheet, fontFaces: facesAt, render } });
