/**
 * The code by which somebody shows that they belong to the organization (policy section 5): sent to an address that the
 * organization registered, typed by the person in the chat. Only its digest is kept.
 */
export const CODE_STATES = ['open', 'verified', 'used-up', 'expired'] as const;
export type CodeState = (typeof CODE_STATES)[number];

export interface SentCode {
  readonly id: string;
  /** One at a time: a new code takes the place of the one before it. */
  readonly conversation: string;
  readonly digest: string;
  /** Where it went, as it may be shown. */
  readonly to: string;
  /** Who sent it. */
  readonly agent: string;
  readonly sentAt: number;
  readonly expiresAt: number;
  readonly triesLeft: number;
  /** Digest of the last wrong digits: a channel may deliver one message twice. */
  readonly lastWrong: string | null;
  readonly state: CodeState;
  /** When it came to its state, where that isn't `open`. */
  readonly decidedAt: number | null;
  /** How many were sent here within the hour, this one counted. */
  readonly sent: number;
}

/** House rule of the pin in `knowledge/offerings`, as plain numbers. */
export interface PinRule {
  readonly digits: number;
  readonly tries: number;
  readonly minutes: number;
  readonly codes: number;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface NewCode {
  readonly id: string;
  readonly conversation: string;
  readonly digest: string;
  readonly to: string;
  readonly agent: string;
}

/** The next code of a conversation; null where too many were sent within the hour: each brings new tries. */
export function nextCode(made: NewCode, before: SentCode | undefined, rule: PinRule, now: number): SentCode | null {
  const lately = before !== undefined && now - before.sentAt < HOUR_MS ? before.sent : 0;
  if (lately >= rule.codes) return null;
  return {
    ...made,
    sentAt: now,
    expiresAt: now + rule.minutes * MINUTE_MS,
    triesLeft: rule.tries,
    lastWrong: null,
    state: 'open',
    decidedAt: null,
    sent: lately + 1,
  };
}

/** How a code stands now: an open one may have become too old without anybody touching it. */
export function standingOf(code: SentCode, now: number): CodeState {
  return code.state === 'open' && now >= code.expiresAt ? 'expired' : code.state;
}

export const TRIES = ['verified', 'wrong', 'used-up', 'expired'] as const;
export type Try = (typeof TRIES)[number];

/** What comes of digits that were typed, given by their digest; the code as it is from now on. */
export function tryCode(code: SentCode, digest: string, now: number): { result: Try; code: SentCode } {
  if (standingOf(code, now) === 'expired')
    return { result: 'expired', code: { ...code, state: 'expired', decidedAt: code.expiresAt } };
  if (isSame(code.digest, digest)) return { result: 'verified', code: { ...code, state: 'verified', decidedAt: now } };
  // The same digits again tell nobody anything new.
  if (code.lastWrong !== null && isSame(code.lastWrong, digest)) return { result: 'wrong', code };
  const triesLeft = code.triesLeft - 1;
  const wrong = { ...code, triesLeft, lastWrong: digest };
  return triesLeft > 0
    ? { result: 'wrong', code: wrong }
    : { result: 'used-up', code: { ...wrong, state: 'used-up', decidedAt: now } };
}

/** Takes as long whichever letters differ. */
function isSame(one: string, other: string): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ other.charCodeAt(at);
  return difference === 0;
}

/** The digits of a message that is a code and nothing else: any width, with spaces or hyphens between them; else null. */
export function codeIn(text: string, digits: number): string | null {
  if (text.length > 4 * digits) return null;
  const said = text.normalize('NFKC').replace(/[\s\u200b\u2060\ufeff-]/g, '');
  return said.length === digits && /^\d+$/.test(said) ? said : null;
}

/** An address that whoever knows it recognizes, and nobody else learns. */
export function maskedMail(address: string): string {
  const at = address.lastIndexOf('@');
  return `${Array.from(address)[0] ?? ''}…${address.slice(at)}`;
}
