import { HIDDEN, hiddenIn } from '#src/desk/contact.ts';

/** Texts in which nothing is hidden, by their place and length: hiding leaves it as it is. */
export type Texts = ReadonlyMap<string, readonly string[]>;

const keyOf = (text: string, place: string): string => `${place} ${text.length}`;

/** Every text that stands in `value`, however deep. */
export function textsOf(value: unknown): Texts {
  const texts = new Map<string, string[]>();
  hiddenIn(value, (text, place) => {
    const key = keyOf(text, place);
    texts.set(key, [...(texts.get(key) ?? []), text]);
    return text;
  });
  return texts;
}

/**
 * The same with the whole text in the place of every one of which a part is hidden, where it is known. Each row only by itself:
 * whoever corrects a number in the next one mostly leaves its end as it was, and both look alike in part.
 */
export function uncovered(value: unknown, texts: Texts): unknown {
  return hiddenIn(value, (text, place) => {
    if (!text.includes(HIDDEN)) return text;
    const alike = texts.get(keyOf(text, place)) ?? [];
    // Where people write the sign themselves, nothing is hidden behind it.
    return alike.includes(text) ? text : (alike.find((whole) => isSameBut(text, whole)) ?? text);
  });
}

function isSameBut(text: string, whole: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text[at] !== HIDDEN && text[at] !== whole[at]) return false;
  return true;
}

/** Whether a contact is hidden in it: some of that is always left, unlike of a code, of which nothing is. */
export const hides = (text: string): boolean => /•[^\n]*[\d@０-９＠]/.test(text);
