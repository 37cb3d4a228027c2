/** What the elements of one block share; the root element implements it. */
import type { ComposerHost } from "../shared/peer-composer.ts";
import type { Operations } from "./operations.ts";
import type { Config, Space, Thread, Viewer } from "./types.ts";

export interface App extends ComposerHost {
  readonly operations: Operations;
  readonly config: Config;
  /** The lazy script of everything that writes. */
  readonly editorUrl: string;
  /** Heading level of the block's title. */
  readonly level: number;
  readonly space: Space | null;
  /** Take note of who is reading; from then on drafts have an owner. */
  meet(viewer: Viewer, space?: Space): void;
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
