import type { Language } from '#knowledge/schema.ts';
import { detectLanguage } from '#src/intake/language.ts';
import type { Case } from './case.ts';

/** A client that is switched to another language takes the conversation along, whatever was spoken before. */
export function inClientLanguage(known: Case, client: Language | undefined): Case {
  if (client === undefined || client === known.clientLanguage) return known;
  const switched = known.clientLanguage !== null;
  const heard = { ...known, clientLanguage: client };
  return switched ? { ...heard, language: client, languagePinned: true } : heard;
}

/**
 * Where a person has several clients that each speak a language of their own, as in Teams, another one is no choice: it only
 * tells where the words that came from it don't.
 */
export function onAnotherDevice(known: Case, client: Language | undefined, text: string | undefined): Case {
  if (client === undefined || client === known.clientLanguage) return known;
  const heard = { ...known, clientLanguage: client };
  const isKept = known.clientLanguage === null || known.languagePinned || !text;
  return isKept || detectLanguage(text, client) !== client ? heard : { ...heard, language: client };
}
