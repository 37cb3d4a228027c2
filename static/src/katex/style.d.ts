/** KaTeX's own style sheet, taken apart by the build. */
declare module "peer:katex-style" {
  export const sheet: string;
  export const fontFaces: string;
}
