/** Sending a file as the body of an operation, with its progress. */
import { csrfToken, readAnswer } from "./api.ts";
import { Unreachable } from "./errors.ts";

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Called with the fraction that is sent, from 0 to 1. */
  onProgress(fraction: number): void;
}

/** As long as it moves it is not late: there is no time limit. Throws as a call does. */
export function upload<T>(url: string, file: Blob, { signal, onProgress }: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    signal.addEventListener("abort", abort, { once: true });
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken(document.cookie));
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => settle(() => readAnswer<T>(request.status, request.responseText), resolve, reject);
    request.onerror = () => reject(new Unreachable(url));
    request.onabort = () => reject(signal.reason as Error);
    request.onloadend = () => signal.removeEventListener("abort", abort);
    request.send(file);
  });
}

function settle<T>(read: () => T, resolve: (value: T) => void, reject: (error: unknown) => void): void {
  try {
    resolve(read());
  } catch (error) {
    reject(error);
  }
}
