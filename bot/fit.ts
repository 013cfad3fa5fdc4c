type Activity = Readonly<Record<string, unknown>>;

/** Teams refuses a message of more than 28 KB, card and all; what it adds itself is not known exactly. */
const MOST_BYTES = 24_000;
/** Of a piece, so much is text: the rest is what stands around it, and a card. */
const TEXT_SHARE = 2 / 3;
/** Characters that a long value on a card is cut to, until the whole fits. */
const SHORTER = [2_000, 1_000, 400, 100];

const sizeOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/**
 * The activity in pieces that a channel takes: a long text is split, the card goes with the last piece, and long values on
 * the card (the description that is shown again) are cut for the eye; what is filed stays whole.
 */
export function piecesOf(activity: Activity, most = MOST_BYTES): Activity[] {
  if (sizeOf(activity) <= most) return [activity];
  const { attachments: _a, channelData: _c, ...bare } = activity;
  const texts = typeof activity['text'] === 'string' ? split(activity['text'], most * TEXT_SHARE) : [];
  const last = texts.at(-1);
  return [
    ...texts.slice(0, -1).map((text) => ({ ...bare, text })),
    shortened({ ...activity, ...(last !== undefined && { text: last }) }, most),
  ];
}

/** Below this nothing is split any more: what surrounds a text, names and ids, takes a good part of it. */
const LEAST_BYTES = 4_000;

/** What a channel found too large all the same, in pieces of half the size; null where it can't be made smaller. */
export function halvesOf(activity: Activity): Activity[] | null {
  const size = sizeOf(activity);
  if (size < LEAST_BYTES) return null;
  const pieces = piecesOf(activity, Math.floor(size / 2));
  return pieces.every((piece) => sizeOf(piece) < size) ? pieces : null;
}

function shortened(activity: Activity, atMost: number): Activity {
  const { attachments, channelData } = activity;
  let fits = activity;
  for (const most of SHORTER) {
    if (sizeOf(fits) <= atMost) return fits;
    fits = { ...activity, ...cut({ attachments, channelData }, most) };
  }
  return fits;
}

function cut<T>(value: T, most: number): T;
function cut(value: unknown, most: number): unknown {
  if (typeof value === 'string') return value.length > most ? `${whole(value.slice(0, most))}…` : value;
  if (Array.isArray(value)) return value.map((item: unknown) => cut(item, most));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, cut(item, most)]));
}

/** Without half of a character at the end. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/, '');

/** At the end of a paragraph, a line or a word where there is one near, else where it is full. */
function split(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (sizeOf(rest) > most) {
    const full = longestPart(rest, most);
    const at = Math.max(full.lastIndexOf('\n'), full.lastIndexOf(' '));
    const piece = at > full.length / 2 ? full.slice(0, at) : full;
    pieces.push(piece);
    rest = rest.slice(piece.length).trimStart();
  }
  return [...pieces, rest];
}

/** As much of it as fits, quotes and line breaks counted as they are sent. */
function longestPart(text: string, most: number): string {
  let part = text;
  for (let size = sizeOf(part); size > most; size = sizeOf(part)) {
    part = whole(part.slice(0, Math.floor((part.length * most) / size) - 1));
  }
  return part;
}

/** What Markdown would read as more than words. */
const MARKDOWN = /[*_~`#<>[\]\\|&]|^\s*(?:[-+]|\d+[.)])\s/m;

/**
 * Paragraphs of a plain text run into one another in Teams' renderer; as Markdown they stay apart. Only where Markdown
 * would not change a word: codes and what people wrote stay as they are.
 */
export function withParagraphs(activity: Activity): Activity {
  const { text, textFormat } = activity;
  const safe = textFormat === 'plain' && typeof text === 'string' && text.includes('\n') && !MARKDOWN.test(text);
  return safe ? { ...activity, textFormat: 'markdown' } : activity;
}
