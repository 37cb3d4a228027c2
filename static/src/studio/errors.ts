/** What Studio's handler refuses: every field at once, each message beside its field. */
import { _ } from "../shared/i18n.ts";
import type { FieldError, Section, SettingField } from "./types.ts";

interface Answer {
  readonly error?: {
    readonly field?: string;
    readonly message?: string;
    readonly details?: { readonly errors?: readonly FieldError[] };
  };
}

/** All errors of an answer, the first field's first; [] when it was taken. */
export function errorsIn({ error }: Answer): FieldError[] {
  if (!error) return [];
  const all = error.details?.errors ?? [];
  return all.length ? [...all] : [{ field: error.field ?? "", message: error.message ?? "" }];
}

/** The setting that an error is about: "rubric" of `rubric.1.options`. */
export function settingOf(error: FieldError): string {
  return error.field.split(".", 1)[0] ?? "";
}

export function errorsOf(section: Section, errors: readonly FieldError[]): FieldError[] {
  return errors.filter((error) => section.fields.some(({ name }) => name === settingOf(error)));
}

/** Id of the control that a field's name means, nested ones included. */
export function controlId(field: string): string {
  return `setting-${field.replaceAll(".", "-")}`;
}

export function errorFor(field: string, errors: readonly FieldError[]): string {
  return errors.find((error) => error.field === field)?.message ?? "";
}

/** The message for the list of all: there no label stands beside it. */
export function named(error: FieldError, fields: readonly SettingField[]): string {
  const field = fields.find(({ name }) => name === settingOf(error));
  return field ? _("{setting}: {message}", { setting: field.label, message: error.message }) : error.message;
}

/** Errors that no control of the form is for. */
export function homeless(errors: readonly FieldError[], fields: readonly SettingField[]): FieldError[] {
  return errors.filter((error) => !fields.some(({ name }) => name === settingOf(error)));
}
