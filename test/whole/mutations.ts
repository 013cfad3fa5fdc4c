type Plain = Record<string, unknown>;

/** What may stand where something else was expected. */
const ODD: readonly unknown[] = [
  null, true, 0, -0, -1, 5, 1e308, 2 ** 53 + 1, '', ' ', '\0', '\uFEFF', '\uD800', '\u202Egnp.exe', '__proto__', 'constructor',
  '../../etc/passwd', '%00', "'; drop table conversations; --", '${7*7}', '{{7*7}}', '<script>alert(1)</script>', '=cmd|x!A1',
  'a|b', 'x\r\nBcc: y', '‮', '👩‍👩‍👧‍👦'.repeat(50), 'が'.normalize('NFD').repeat(100), '𠮷', 'Ａ１　ｶﾅ', 'a'.repeat(600), 'z'.repeat(9_000),
  '('.repeat(2_000), '*'.repeat(2_000), '`'.repeat(999), 'NaN', '2026-02-30', 'not a date', '9999-12-31T23:59:59Z', [], [[]], [null], {},
  { toString: 1 }, { id: {} }, { length: 1e9 }, ['a', 'b'], { type: 'message' }, { step: ['x'] }, { choice: { a: 1 } },
]; // prettier-ignore

const KEYS = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'id',
  'type',
  'value',
  'text',
  'step',
  'choice',
  'then',
  '',
];

/** A valid activity with one to four things wrong, as JSON text; sometimes the text itself is damaged. */
export function mutated(activity: Plain, random: (n: number) => number): string {
  const copy: Plain = structuredClone(activity);
  // Mostly an activity that has not been heard before: a repeated one would not be looked at.
  if ('id' in copy) copy['id'] = `m${random(2 ** 30)}`;
  if ('channelData' in copy && !('id' in copy)) copy['channelData'] = { clientActivityID: `m${random(2 ** 30)}` };
  for (let n = random(4); n >= 0; n -= 1) change(copy, random);
  const text = JSON.stringify(copy);
  return random(12) === 0 ? damaged(text, random) : text;
}

function change(root: Plain, random: (n: number) => number): void {
  const places = objectsIn(root);
  const place = places[random(places.length)] ?? root;
  const keys = Object.keys(place);
  const key = keys[random(Math.max(keys.length, 1))] ?? 'x';
  const other = KEYS[random(KEYS.length)] ?? 'x';
  switch (random(5)) {
    case 0:
      Reflect.deleteProperty(place, key);
      break;
    case 1:
      define(place, other, ODD[random(ODD.length)]);
      break;
    case 2:
      define(place, key, { [other]: place[key] });
      break;
    case 3:
      define(place, key, [place[key], place[key]]);
      break;
    default:
      define(place, key, ODD[random(ODD.length)]);
  }
}

/** Also `__proto__` becomes a key of its own, as a parser makes it. */
function define(place: Plain, key: string, value: unknown): void {
  Object.defineProperty(place, key, { value, enumerable: true, configurable: true, writable: true });
}

function objectsIn(root: Plain): Plain[] {
  const found: Plain[] = [];
  const look = (value: unknown, depth: number): void => {
    if (depth > 6 || typeof value !== 'object' || value === null) return;
    if (isPlain(value)) found.push(value);
    for (const inner of Object.values(value)) look(inner, depth + 1);
  };
  look(root, 0);
  return found;
}

const isPlain = (value: object): value is Plain => !Array.isArray(value);

function damaged(text: string, random: (n: number) => number): string {
  const at = random(text.length);
  const put = ['', '"', '{', '}', '[', ']', ',', ':', '\\', '\u0001', '1e999', '\\ud800', 'null'][random(13)] ?? '';
  return text.slice(0, at) + put + text.slice(at + random(4));
}
