import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { CANNED_GAPS, cannedTextSchema, LANGUAGES, type Canned, type Language } from './schema.ts';

/** The agents' ready replies in every language. Throws where a file can't be read. */
export function readCanned(dir: string): readonly Canned[] {
  return LANGUAGES.flatMap((language) => readLanguage(dir, language));
}

function readLanguage(dir: string, language: Language): Canned[] {
  const found = z.array(cannedTextSchema).parse(parse(readFileSync(join(dir, 'canned', `${language}.yaml`), 'utf8')));
  return found.map((text) => ({ ...text, language }));
}

/** Everything that is wrong with them: each id once in every language, with the same gaps, and only gaps that can be filled. */
export function checkCanned(all: readonly Canned[]): Finding[] {
  const ids = [...new Set(all.map(({ id }) => id))];
  return LANGUAGES.flatMap((language) => ids.flatMap((id) => checkOne(id, language, all)));
}

function checkOne(id: string, language: Language, all: readonly Canned[]): Finding[] {
  const file = `canned/${language}.yaml`;
  const own = all.filter((one) => one.id === id && one.language === language);
  const [text, again] = own;
  if (!text) return [{ file, field: id, problem: 'missing in this language' }];
  if (again) return [{ file, field: id, problem: 'this id stands twice in this file' }];
  const gaps = gapsOf(text);
  const unknown = gaps.filter((gap) => !CANNED_GAPS.some((known) => known === gap));
  const wanted = all.filter((one) => one.id === id && one.language === LANGUAGES[0]).flatMap(gapsOf);
  return [
    ...unknown.map((gap) => ({ file, field: id, problem: `nothing fills {${gap}}` })),
    ...(gaps.join() === wanted.join()
      ? []
      : [{ file, field: id, problem: `gaps {${gaps.join()}} differ from {${wanted.join()}}` }]),
  ];
}

const gapsOf = ({ text }: Canned): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].toSorted();
