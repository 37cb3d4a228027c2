/** What the elements of the directory share; the root element implements it. */
import type { RootHost } from "../shared/root-element.ts";
import type { Filters } from "./filters.ts";
import type { Operations } from "./operations.ts";
import type { MyProfile, Request } from "./types.ts";

/** Where in the block the reader is: among the people (with what is looked for), or at their own card. */
export interface Route {
  readonly view: "people" | "card";
  readonly filters: Filters;
}

export interface App extends RootHost {
  readonly operations: Operations;
  readonly route: Route;
  /** Once the newest state is handed down. */
  readonly updateComplete: Promise<boolean>;
  go(route: Route): void;
  replace(route: Route): void;
  /** The own card changed. */
  keepProfile(me: MyProfile): void;
  /** A question was put to somebody, or answered. */
  keepRequest(request: Request): void;
}
