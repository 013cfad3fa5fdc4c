import type { Office } from './office.ts';

/** A command was used wrongly: the words go to stderr and the command ends with 2. */
export class BadUse extends Error {}

export interface Option {
  /** Name of the value in the usage; null: a switch. */
  readonly value: string | null;
  readonly meaning: string;
}

/** What a verb gets: its options and words, the house, and where to write. */
export interface Given {
  readonly options: Readonly<Record<string, string | undefined>>;
  readonly words: readonly string[];
  readonly office: Office;
  /** One line on stdout: a result. */
  readonly out: (line: string) => void;
  /** One line on stderr: a message. */
  readonly tell: (line: string) => void;
}

export interface Verb {
  readonly meaning: string;
  readonly options?: Readonly<Record<string, Option>>;
  /** Names of the words that must follow. */
  readonly words?: readonly string[];
  /** Returns the exit code: 0, or 1 where what was asked for fell short. Throws `BadUse`. */
  readonly run: (given: Given) => Promise<number>;
}
