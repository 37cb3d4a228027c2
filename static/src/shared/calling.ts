/** Calling somebody by name in a text: what is being typed after an @. */

/** @ at the start of a word, and what follows it up to the caret. */
const CALL = /(?:^|[\s(])@([\p{L}\p{N}][\p{L}\p{M}\p{N} .'’-]{0,40})$/u;

/** The name that is being typed right before the caret; "" for none. */
export function calledBefore(text: string, caret: number): string {
  return CALL.exec(text.slice(0, caret))?.[1] ?? "";
}
