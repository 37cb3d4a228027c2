/** The settings of a block as Studio's form gets them: fields with their kinds, in sections. */
import type { BlockConfig } from "../shared/root-element.ts";

interface FieldBase {
  readonly name: string;
  readonly label: string;
  readonly help: string;
}

export interface TextField extends FieldBase {
  readonly kind: "text" | "markdown";
  readonly value: string;
}

export interface NumberField extends FieldBase {
  readonly kind: "number";
  readonly value: number;
  readonly is_whole: boolean;
}

export interface FlagField extends FieldBase {
  readonly kind: "flag";
  readonly value: boolean;
}

export interface MomentField extends FieldBase {
  readonly kind: "moment";
  /** ISO 8601; null for none. */
  readonly value: string | null;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly help: string;
}

export interface ChoiceField extends FieldBase {
  readonly kind: "choice";
  readonly value: string;
  readonly choices: readonly Choice[];
}

export interface SeveralField extends FieldBase {
  readonly kind: "several";
  readonly value: readonly string[];
  readonly choices: readonly Choice[];
}

/** As the course holds it: anything may stand there. */
export interface RubricField extends FieldBase {
  readonly kind: "rubric";
  readonly value: unknown;
}

export type SettingField = TextField | NumberField | FlagField | MomentField | ChoiceField | SeveralField | RubricField;

export interface Section {
  readonly title: string;
  readonly help: string;
  readonly fields: readonly SettingField[];
}

export interface Settings extends BlockConfig {
  /** How many take the course, where the form asks for numbers of people; null where nobody knows. */
  readonly learners?: number | null;
  readonly sections: readonly Section[];
}

/** A refused field: its name, with the place inside it as `rubric.1.options.0.name`. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}
