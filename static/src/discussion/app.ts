/** What the elements of one block share; the root element implements it. */
import type { Api } from "../shared/api.ts";
import type { RootHost } from "../shared/root-element.ts";
import type { Operations } from "./operations.ts";
import type { Config, Space, Thread } from "./types.ts";

export interface App extends RootHost {
  readonly api: Api;
  readonly operations: Operations;
  readonly config: Config;
  readonly space: Space | null;
  /** Take note of the space's settings. */
  meet(space: Space): void;
  open(thread: string, post?: string | null): void;
  back(): void;
  showShortcuts(): void;
  /** A thread changed while it was open: its row follows. */
  changed(thread: Thread): void;
}

/** A view that answers single keys: true when the key was for it. */
export interface KeyHandler {
  handleKey(key: string): boolean;
}
