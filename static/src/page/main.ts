/** The course's page: mounts the element of the space that the page shows, as the XBlock runtime does in a unit. */
import type { BlockConfig } from "../shared/root-element.ts";

type Initialise = (runtime: undefined, element: Element, config: BlockConfig) => void;

const NARROW = "(max-width: 63.99rem)";

const place = document.getElementById("peer-space");
const config = document.getElementById("peer-config");
const kind = place?.querySelector<HTMLElement>(".peer-mount")?.dataset.peer ?? "";
const name = `Peer${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
const initialise = (window as unknown as Record<string, Initialise | undefined>)[name];
if (place && config && initialise) initialise(undefined, place, JSON.parse(config.textContent ?? "") as BlockConfig);

const outline = document.querySelector<HTMLDetailsElement>(".peer-page-outline");
if (outline && matchMedia(NARROW).matches) outline.open = false;
