/** Single keys in an open thread. */
import { findPost } from "./thread-model.ts";
import type { ThreadView } from "./thread-view.ts";
import type { Post } from "./types.ts";

type Act = (view: ThreadView, post: Post) => void;

/** Keys that act on the post in focus (the opening post when none is). */
const POST_KEYS: Readonly<Record<string, Act>> = {
  r: (view, post) => (post.depth === 0 ? view.respond() : view.comment(post.depth === 1 ? post.id : (post.parent ?? ""))),
  q: (view, post) => view.quote(post),
  v: (view, post) => void view.data.vote(post),
  e: (view, post) => (post.can.edit ? view.edit(post) : undefined),
  l: (view, post) => view.copyLink(post),
  s: (view, post) => (view.viewer.is_preview ? undefined : void view.data.save(post)),
};

const WRITING = ["r", "q"];

/** Below a comment, one writes to its response. */
function isAnswerable(view: ThreadView, post: Post): boolean {
  if (post.depth === 0) return view.mayRespond;
  const response = post.depth === 1 ? post : view.data.tops.find(({ id }) => id === post.parent);
  return response?.can.comment ?? false;
}

/** True when the key was for the thread. `scope` holds the articles with `data-post`. */
export function handleThreadKey(key: string, view: ThreadView, scope: HTMLElement): boolean {
  if (!view.data.model) return false;
  const articles = [...scope.querySelectorAll<HTMLElement>("[data-post]")];
  const at = articles.indexOf(focusedArticle(scope) as HTMLElement);
  if (key === "j") return reach(articles[Math.min(at + 1, articles.length - 1)]);
  if (key === "k") return reach(articles[Math.max(at - 1, 0)]);
  if (key === "n") return reach(articles.slice(at + 1).find((article) => Number(article.dataset.number) > view.data.model!.readBefore));
  if (key === "f") return scope.querySelector<HTMLElement>("peer-follow button")?.click(), true;
  const act = POST_KEYS[key];
  const post = findPost(view.data.model, articles[Math.max(at, 0)]?.dataset.post ?? "");
  if (!act || !post) return false;
  if (!post.deleted && (!WRITING.includes(key) || isAnswerable(view, post))) act(view, post);
  return true;
}

function focusedArticle(scope: HTMLElement): Element | null {
  return (scope.getRootNode() as ShadowRoot).activeElement?.closest("[data-post]") ?? null;
}

function reach(article: HTMLElement | undefined): boolean {
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: "nearest" });
  return true;
}
