import type { z } from 'zod';

/** `data` as `schema` wants it; throws with the file and the first field that is wrong. */
export function checked<T extends z.ZodType>(schema: T, data: unknown, path: string): z.infer<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Error(`${path}: ${first?.path.join('.') ?? ''}: ${first?.message ?? 'not readable'}`);
}
