import { HIDDEN, hiddenIn } from '#src/desk/contact.ts';

/** Texts in which nothing is hidden, by their length: hiding leaves it as it is. */
export type Texts = ReadonlyMap<number, readonly string[]>;

/** Every text that stands in `value`, however deep. */
export function textsOf(value: unknown): Texts {
  const texts = new Map<number, string[]>();
  hiddenIn(value, (text) => {
    texts.set(text.length, [...(texts.get(text.length) ?? []), text]);
    return text;
  });
  return texts;
}

/** The same with the whole text in the place of every one of which a part is hidden, where it is known. */
export function uncovered(value: unknown, texts: Texts): unknown {
  return hiddenIn(value, (text) => {
    if (!text.includes(HIDDEN)) return text;
    const alike = texts.get(text.length) ?? [];
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
