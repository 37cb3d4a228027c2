/** What a post may ask of the thread that it stands in. */
import type { ThreadData } from "./thread-data.ts";
import type { Toast } from "../shared/peer-toast.ts";
import type { App } from "./app.ts";
import type { Post, Thread, Viewer, Written } from "./types.ts";

export interface ThreadView {
  readonly app: App;
  readonly data: ThreadData;
  readonly thread: Thread;
  readonly viewer: Viewer;
  /** Whether this viewer may respond to the thread. */
  readonly mayRespond: boolean;
  edit(post: Post): void;
  stopEditing(post: Post, written?: Written): void;
  /** Open the comment composer of a response, with a quotation of `quoted` when given. */
  comment(response: string, quoted?: Post): void;
  stopCommenting(response: Post, written?: Written): void;
  /** Go to the response composer. */
  respond(): void;
  quote(post: Post): void;
  removePost(post: Post): void;
  copyLink(post: Post): void;
  showHistory(post: Post): void;
  /** Open the report of a post, or what was reported of it. */
  report(post: Post): void;
  /** Open what the team changes of the thread, or of a response that becomes one. */
  organise(post: Post): void;
  notify(anchor: string, toast: Toast): void;
  clearToast(): void;
  focusPost(id: string): Promise<void>;
  /** Load the page that begins at a post. */
  jump(post: string): Promise<void>;
}
