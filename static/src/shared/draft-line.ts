/** A composer's draft here and on the server: what to do when either has changed. */
import type { Draft } from "./drafts.ts";

/** What the server keeps for a place. `draft` is null when it was sent or given up, or nothing was kept (revision 0). */
export interface Remote {
  readonly revision: number;
  readonly saved_at: string | null;
  readonly draft: RemoteDraft | null;
}

export interface RemoteDraft extends Omit<Draft, "revision"> {
  readonly revision: number | null;
}

export interface Local {
  readonly draft: Draft;
  /** Nothing was written here. */
  readonly isUntouched: boolean;
  /** The server's revision that this text goes on from; 0: it knows none. */
  readonly base: number;
  /** The server has it as it is here. */
  readonly isClean: boolean;
}

/**
 * nothing: leave it; save: send this text; take: the server's is newer; clear: it was sent or given up elsewhere;
 * settle: both are the same; choose: both changed.
 */
export type Step = "nothing" | "save" | "take" | "clear" | "settle" | "choose";

export function nextStep(remote: Remote, local: Local): Step {
  if (remote.draft && isSame(fromRemote(remote.draft), local.draft)) return "settle";
  if (local.isUntouched) return remote.draft ? "take" : "settle";
  const isNews = remote.revision !== local.base && (remote.draft !== null || (local.base !== 0 && remote.revision !== 0));
  if (!isNews) return local.isClean ? "nothing" : "save";
  if (!local.isClean) return "choose";
  return remote.draft ? "take" : "clear";
}

export function fromRemote({ revision, tags, ...text }: RemoteDraft): Draft {
  return { ...text, ...(tags ? { tags } : {}), ...(revision === null ? {} : { revision }) };
}

/** The fields of a request that keeps `draft`. */
export function toRequest(draft: Draft): object {
  const { title, body, kind, anonymous, tags, revision } = draft;
  return { title, body, kind, anonymous, ...(tags ? { tags } : {}), ...(revision === undefined ? {} : { revision }) };
}

export function isSame(one: Draft, other: Draft): boolean {
  return one.title === other.title && one.body === other.body && one.kind === other.kind
    && one.anonymous === other.anonymous && one.revision === other.revision && (one.tags ?? "") === (other.tags ?? "");
}
