/** How a block's fragment brings its element into the page. */
import type { BlockConfig } from "./root-element.ts";

type Mounted = Element | { readonly [index: number]: Element | undefined };
type Initialise = (runtime: unknown, element: Mounted, config: BlockConfig) => void;

/** A block's element, whether the runtime hands it over bare or as a jQuery set. */
export function blockElement(element: Mounted): Element | undefined {
  return element instanceof Element ? element : element[0];
}

/**
 * The global that the XBlock runtime calls with the block's element and the fragment's JSON: `<peer-NAME>` is mounted.
 * The LMS calls it, xblock-sdk's workbench constructs it: an arrow function could not be.
 */
export function mounting(name: string): Initialise {
  return function initialise(_runtime, element, config) {
    const mount = blockElement(element)?.querySelector(`.peer-mount[data-peer="${name}"]`);
    if (!mount || mount.firstElementChild) return;
    mount.append(Object.assign(document.createElement(`peer-${name}`), { config }));
  };
}
