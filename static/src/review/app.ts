/** What the elements of peer review share; the root element implements it. */
import type { RootHost } from "../shared/root-element.ts";
import type { Operations } from "./operations.ts";
import type { State } from "./types.ts";

/** Where in the block the reader is. `id`, `name`: the work and its author, in the course team's reading. */
export interface Route {
  readonly view: "home" | "review" | "result" | "team" | "work";
  readonly id?: string;
  readonly name?: string;
}

/** What was just done, said at the top of the next view. */
export interface News {
  readonly what: string;
  readonly meaning?: string;
}

export interface App extends RootHost {
  readonly operations: Operations;
  /** Whether single keys act (WCAG 2.1.4). */
  readonly singleKeys: boolean;
  /** The server's newest word on where the reader stands. */
  take(state: State, news?: News): void;
  go(route: Route): void;
  /** Get a work to review, and go there when there is one. */
  takeReview(): Promise<void>;
  reload(): Promise<void>;
}
