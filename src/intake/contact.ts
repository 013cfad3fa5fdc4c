import { internationalPhone } from '#src/policy/contact-methods.ts';

/** Longer than any phone number or address a person types; keeps hostile text away from the parsers. */
const LONGEST = 320;

/**
 * A telephone number in international form ("+86 10 1234 5678"), or null where it isn't a valid one. `country` is the
 * ISO 3166 code that a number without country code belongs to.
 */
export function readPhone(text: string, country: string): string | null {
  const said = text.normalize('NFKC').trim();
  if (said === '' || said.length > LONGEST) return null;
  return internationalPhone(said, country) ?? null;
}

/** The mail address in a text, or null; no control characters, so that it can't become a mail header. */
export function readEmail(text: string): string | null {
  const said = text.normalize('NFKC').trim();
  if (said.length > LONGEST) return null;
  const found = /[a-z0-9._%+'-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}/i.exec(said);
  return found ? found[0] : null;
}
