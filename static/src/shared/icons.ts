/** Icons on a 16 px grid, 1.5 px stroke, `currentColor`; always beside a word or under an `aria-label`. */
import { html, type TemplateResult } from "lit";

const RING = "M14.25 8a6.25 6.25 0 1 1-12.5 0a6.25 6.25 0 0 1 12.5 0";

const PATHS = {
  back: "M13 8H3.5M7 4L3 8l4 4",
  bell: "M4 11V7.2a4 4 0 0 1 8 0V11l1 1H3zM6.7 14h2.6",
  bookmark: "M4.5 2.5h7v11L8 10.6l-3.5 2.9z",
  bullets: "M6.2 4H13M6.2 8H13M6.2 12H13M3 4v.01M3 8v.01M3 12v.01",
  chat: "M2.5 3.5h11v7.5h-6l-3 2.5V11h-2z",
  check: "M3 8.5l3.2 3.2L13 5",
  "check-circle": `${RING}M5.2 8.2l2 2 3.7-4.2`,
  clock: `${RING}M8 4.8V8l2.2 1.4`,
  close: "M4 4l8 8M12 4l-8 8",
  down: "M4 6l4 4 4-4",
  download: "M8 2.5v7.7M4.8 7.2L8 10.3l3.2-3.1M3 13.5h10",
  edit: "M3 13l.6-2.8L10.8 3 13 5.2 5.8 12.4zM9.5 4.3l2.2 2.2",
  eye: "M1.8 8S4 3.8 8 3.8 14.2 8 14.2 8 12 12.2 8 12.2 1.8 8 1.8 8zM9.8 8a1.8 1.8 0 1 1-3.6 0a1.8 1.8 0 0 1 3.6 0",
  file: "M4 2.5h5l3 3v8H4zM9 2.5v3h3",
  flag: "M4 14V2.5h7.8l-1.6 3 1.6 3H4",
  image: "M2.5 3.5h11v9h-11zM2.8 11.5l3.4-3.6 2.6 2.6 1.6-1.6 2.8 2.8M6.6 6.2v.01",
  info: `${RING}M8 7.4v3.6M8 5v.01`,
  keys: "M2.7 4h10.6a1.2 1.2 0 0 1 1.2 1.2v5.6a1.2 1.2 0 0 1-1.2 1.2H2.7a1.2 1.2 0 0 1-1.2-1.2V5.2A1.2 1.2 0 0 1 2.7 4zM4 6.6v.01M6.7 6.6v.01M9.3 6.6v.01M12 6.6v.01M5 9.5h6",
  link: "M6.7 9.3l2.6-2.6M7.3 4.7l1-1a2.8 2.8 0 0 1 4 4l-1 1M8.7 11.3l-1 1a2.8 2.8 0 0 1-4-4l1-1",
  lock: "M4.7 7h6.6a1.2 1.2 0 0 1 1.2 1.2v4.1a1.2 1.2 0 0 1-1.2 1.2H4.7a1.2 1.2 0 0 1-1.2-1.2V8.2a1.2 1.2 0 0 1 1.2-1.2zM5.5 7V5a2.5 2.5 0 0 1 5 0v2",
  mask: "M2 6c2-1.2 4-.2 6-.2s4-1 6 .2c0 4-2 5.5-3.6 5.5S8.6 10 8 10s-.8 1.5-2.4 1.5S2 10 2 6zM5 8h1.4M9.6 8H11",
  more: "M3 8v.01M8 8v.01M13 8v.01",
  offline: "M4.5 12a2.7 2.7 0 0 1 .1-5.4A3.7 3.7 0 0 1 11.5 7.5 2.3 2.3 0 0 1 11.8 12M2.5 2.5l11 11",
  pin: "M6 2.2h4l-.4 4 1.9 2v1.4h-7V8.2l1.9-2zM8 9.6V14",
  plus: "M8 3v10M3 8h10",
  question: `${RING}M6.1 6.4a1.95 1.95 0 1 1 2.9 1.7c-.7.4-1 .7-1 1.4M8 11.6v.01`,
  quote: "M3 5h3.2v3.2c0 1.8-.9 2.8-2.6 3.3M9.3 5h3.2v3.2c0 1.8-.9 2.8-2.6 3.3",
  refresh: "M13 8a5 5 0 1 1-1.5-3.6M13 2.3v2.8h-2.8",
  reply: "M6.5 4L3 7.3l3.5 3.3M3.2 7.3H9a4 4 0 0 1 4 4v1",
  search: "M11.25 7a4.25 4.25 0 1 1-8.5 0a4.25 4.25 0 0 1 8.5 0M10.2 10.2L14 14",
  staff: "M8 2l4.8 1.8v3.7c0 3-2 5.2-4.8 6.5-2.8-1.3-4.8-3.5-4.8-6.5V3.8zM5.8 8l1.6 1.6 2.8-3.2",
  trash: "M2.8 4.3h10.4M6.3 4V2.5h3.4V4M4.2 4.3l.6 9.2h6.4l.6-9.2",
  up: "M8 13V3.4M4 7.2L8 3.2l4 4",
  warn: "M8 2.2l6.2 11H1.8zM8 6.5v3M8 11.3v.01",
} as const;

export type IconName = keyof typeof PATHS;

/** `variant`: "l" is larger, "flip" mirrors in right-to-left text (arrows only). */
export function icon(name: IconName, variant = ""): TemplateResult {
  return html`<svg class="i ${variant} i-${name}" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`;
}
