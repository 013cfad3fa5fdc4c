import type { ServiceWords } from '#knowledge/schema.ts';

/** Words of a title that say nothing about what is wrong. */
const EMPTY = new Set(
  (
    'some users user may might unable able cannot can could been being were was are have has had will when while with ' +
    'within from into that this these those their they them using used use through experience experiencing experienced ' +
    'issue issues problem problems impact impacted affected affecting service services online limited number intermittently ' +
    'intermittent other than more less certain specific and for the not any all due errors error admins admin'
  ).split(' '),
);

export interface Told {
  readonly service: string;
  readonly title: string;
  readonly impact: string;
}

/**
 * The words by which a person's text is matched with an incident: those of its service and of the symptoms in its title, in
 * every language, and what its title says besides. None holds another one, so that one word of a text counts once.
 */
export function keywordsOf({ service, title, impact }: Told, words: ServiceWords): string[] {
  const name = service.toLowerCase();
  const said = new Set(`${title} ${impact}`.toLowerCase().match(/[a-z][a-z/'-]+/gu) ?? []);
  const ofService = words.services.filter(({ names }) => names.some((one) => name.includes(one.toLowerCase())));
  const ofSymptoms = words.symptoms.filter(({ signs }) => signs.some((sign) => said.has(sign)));
  const ofTitle = (title.toLowerCase().match(/[a-z][a-z'-]{3,}/gu) ?? []).filter((word) => !EMPTY.has(word));
  const all = [...ofService, ...ofSymptoms].flatMap((one) => one.words);
  return withoutOverlaps([...all, ...(ofService.length === 0 ? [name] : []), ...ofTitle]);
}

/** "mailbox" holds "mail": the shorter one finds both. */
function withoutOverlaps(words: readonly string[]): string[] {
  const unique = [...new Set(words.map((word) => word.normalize('NFKC').toLowerCase()))];
  return unique.filter((word) => !unique.some((other) => other !== word && word.includes(other)));
}
