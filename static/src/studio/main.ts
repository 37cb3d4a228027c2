/** Studio's settings form of a block: sends it, says what was saved, names the field that was refused. */
import { csrfToken } from "../shared/api.ts";

interface StudioRuntime {
  handlerUrl(element: Element, name: string): string;
  notify(name: "save" | "cancel" | "error", data: object): void;
}

type Mounted = Element | { readonly [index: number]: Element | undefined };
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

interface Answer {
  readonly error?: { readonly field?: string; readonly message?: string };
}

/** Called by the XBlock runtime with the block's element (or a jQuery set of it). */
function initialise(runtime: StudioRuntime, element: Mounted): void {
  const block = element instanceof Element ? element : element[0];
  const form = block?.querySelector<HTMLFormElement>("form.peer-studio");
  if (!block || !form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(runtime, block, form);
  });
  form.querySelector(".peer-studio-cancel")?.addEventListener("click", () => runtime.notify("cancel", {}));
}

async function save(runtime: StudioRuntime, block: Element, form: HTMLFormElement): Promise<void> {
  const button = form.querySelector<HTMLButtonElement>(".peer-studio-save");
  if (!button || button.getAttribute("aria-busy") === "true") return;
  clearErrors(form);
  const words = button.textContent;
  button.setAttribute("aria-busy", "true");
  button.textContent = form.dataset.saving ?? words;
  runtime.notify("save", { state: "start", message: form.dataset.saving });
  const answer = await send(runtime.handlerUrl(block, "save_settings"), valuesOf(form));
  button.removeAttribute("aria-busy");
  button.textContent = words;
  if (!answer.error) return runtime.notify("save", { state: "end" });
  const { field = "", message = "" } = answer.error;
  runtime.notify("error", { msg: message });
  showError(form, field, message);
}

/** An answer that cannot be read is an error without words of its own: the browser's stand in. */
async function send(url: string, values: object): Promise<Answer> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(document.cookie) },
      body: JSON.stringify(values),
    });
    return (await answer.json()) as Answer;
  } catch (error) {
    return { error: { message: error instanceof Error ? error.message : String(error) } };
  }
}

function controlsOf(form: HTMLFormElement): Control[] {
  return [...form.querySelectorAll<Control>("[name]")];
}

function valuesOf(form: HTMLFormElement): Record<string, string | boolean> {
  const value = (control: Control): string | boolean =>
    control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked : control.value;
  return Object.fromEntries(controlsOf(form).map((control) => [control.name, value(control)]));
}

function clearErrors(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>(".peer-studio-error");
  if (box) box.hidden = true;
  controlsOf(form).forEach((control) => control.removeAttribute("aria-invalid"));
}

/** The message stands above the form; the field that it names is marked and takes the focus. */
function showError(form: HTMLFormElement, field: string, message: string): void {
  const box = form.querySelector<HTMLElement>(".peer-studio-error");
  if (box) {
    box.textContent = message;
    box.hidden = false;
  }
  const control = controlsOf(form).find(({ name }) => name === field);
  control?.setAttribute("aria-invalid", "true");
  control?.focus();
}

Object.assign(window, { PeerStudio: initialise });
