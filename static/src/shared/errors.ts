/**
 * What can go wrong with a call.
 *
 * PeerError
 *   Refused      the server said no: code, field, message in the reader's language, details
 *   Unanswered   nobody knows whether the server did it
 *     Unreachable  no connection, or it broke
 *     TimedOut     no answer in time
 *     Garbled      an answer that is not ours: a log-in page, a proxy's error
 */
import { _ } from "./i18n.ts";

export class PeerError extends Error {}

export interface Refusal {
  readonly code: string;
  readonly field: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export class Refused extends PeerError {
  readonly code: string;
  readonly field: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.code = refusal.code;
    this.field = refusal.field;
    this.details = refusal.details;
  }
}

export class Unanswered extends PeerError {}
export class Unreachable extends Unanswered {}
export class TimedOut extends Unanswered {}
export class Garbled extends Unanswered {}

/** Where it is found now, of what was moved to another discussion; "" of all else. */
export function movedTo(error: unknown): string {
  const url = error instanceof Refused ? error.details.url : "";
  return typeof url === "string" ? url : "";
}

/** One sentence for the person: the server's own, or what is known when it sent none. */
export function explain(error: unknown): string {
  if (error instanceof Refused && error.message) return error.message;
  if (error instanceof Unreachable) return _("There is no connection to the server.");
  if (error instanceof TimedOut) return _("The server answered too late.");
  return _("The server gave an answer that cannot be read.");
}
