/** Reads a column that holds a JSON object. Throws where it holds anything else: the row was not written by this house. */
export function readObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new TypeError('A stored JSON column does not hold an object.');
  return value;
}

/** Writes any plain data; what was never set is kept as null. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
