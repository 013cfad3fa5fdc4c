import type { z } from 'zod';

/** One setting: how it is read, and what the README's table says about it. `D` is its default, null where it has none. */
export interface Setting<T extends z.ZodType = z.ZodType, D extends string | null = string | null> {
  readonly schema: T;
  readonly title: string;
  readonly meaning: string;
  /** As it would stand in the environment. */
  readonly default: D;
  readonly example: string;
}

/** A setting that always has a value; `values` are its default and an example of another one. */
export const set = <T extends z.ZodType>(
  schema: T,
  title: string,
  meaning: string,
  values: readonly [byDefault: string, example: string],
): Setting<T, string> => ({ schema, title, meaning, default: values[0], example: values[1] });

/** A setting that may be left out. */
export const may = <T extends z.ZodType>(
  schema: T,
  title: string,
  meaning: string,
  example: string,
): Setting<T, null> => ({ schema, title, meaning, default: null, example });

/** What is read from a table of settings: undefined only where a setting has no default. */
export type ValuesOf<S> = {
  readonly [N in keyof S]: S[N] extends Setting<infer T, infer D>
    ? D extends string
      ? z.output<T>
      : z.output<T> | undefined
    : never;
};
