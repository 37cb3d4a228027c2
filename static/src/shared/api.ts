/** Calls of the block's operations: JSON in, JSON out, errors mapped to the tree of `errors.ts`. */
import { Garbled, Refused, TimedOut, Unreachable, type Refusal } from "./errors.ts";

const TIMEOUT_MS = 20_000;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Let the request outlive the page: for what is sent as the reader leaves. */
  readonly keepalive?: boolean;
}

export class Api {
  readonly #callUrl: string;
  readonly #timeoutMs: number;

  constructor(callUrl: string, timeoutMs: number = TIMEOUT_MS) {
    this.#callUrl = callUrl;
    this.#timeoutMs = timeoutMs;
  }

  /** Throws a PeerError, or the AbortError of the caller's own signal. */
  async call<T>(operation: string, payload: object, options: CallOptions = {}): Promise<T> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
    try {
      const answer = await fetch(operationUrl(this.#callUrl, operation), {
        method: "POST",
        credentials: "same-origin",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(document.cookie) },
        body: JSON.stringify(payload),
        keepalive: options.keepalive ?? false,
        signal,
      });
      return readAnswer<T>(answer.status, await answer.text());
    } catch (error) {
      if (timeout.aborted) throw new TimedOut(operation, { cause: error });
      if (error instanceof TypeError) throw new Unreachable(operation, { cause: error });
      throw error;
    }
  }

  /** The address of an operation with its fields, as "get_file?file=…"; others as they are. */
  addressOf(url: string): string {
    if (/^([a-z]+:|\/)/i.test(url)) return url;
    const [operation = "", query = ""] = url.split("?", 2);
    return operationUrl(this.#callUrl, operation, Object.fromEntries(new URLSearchParams(query)));
  }
}

/** Handler addresses may carry a query: the operation goes before it, further fields after it. */
export function operationUrl(callUrl: string, operation: string, fields: Readonly<Record<string, string>> = {}): string {
  const [path = "", query] = callUrl.split("?", 2);
  const added = new URLSearchParams(fields).toString();
  const whole = [query, added].filter(Boolean).join("&");
  return `${path}/${operation}${whole ? "?" + whole : ""}`;
}

export function csrfToken(cookies: string): string {
  return decodeURIComponent(/(?:^|;\s*)csrftoken=([^;]*)/.exec(cookies)?.[1] ?? "");
}

/** The result of an answer, or the refusal that it is. */
export function readAnswer<T>(status: number, text: string): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw new Garbled(`${status}`, { cause: error });
  }
  if (status >= 200 && status < 300) return body as T;
  const refusal = (body as { error?: Partial<Refusal> } | null)?.error;
  if (!refusal?.code) throw new Garbled(`${status}`);
  const { code, field = "", message = "", details = {} } = refusal;
  throw new Refused({ code, field, message, details });
}
