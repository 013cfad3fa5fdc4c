import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Finding } from './finding.ts';
import { splitFrontMatter } from './front-matter.ts';
import { textsByOffering } from './offering-blocks.ts';
import { articleMetaSchema, LANGUAGES, languageSchema, OFFERINGS, type Language, type OfferingId } from './schema.ts';

const exceptionSchema = z.strictObject({
  /** The thing as the finding names it: a reference, an address, a number. */
  what: z.array(z.string().min(1)).min(1),
  only: z.array(languageSchema).min(1),
  why: z.string().min(1),
});
const exceptionsSchema = z.record(z.string(), z.array(exceptionSchema).min(1));
export type OneLanguageOnly = z.infer<typeof exceptionsSchema>;

/** `one-language-only.yaml`: what some languages say alone, and why. Throws where the file can't be read. */
export function readOneLanguageOnly(dir: string): OneLanguageOnly {
  return exceptionsSchema.parse(parse(readFileSync(join(dir, 'one-language-only.yaml'), 'utf8')));
}

/** An article as its file has it: references are not filled in. */
export interface Written {
  readonly topic: string;
  readonly language: Language;
  readonly offerings: readonly OfferingId[];
  readonly body: string;
}

/** Every article that can be read; what is wrong with the others is told elsewhere. */
export function readWritten(dir: string): Written[] {
  return LANGUAGES.flatMap((language) => {
    const folder = join(dir, 'articles', language);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : [];
    return names.flatMap((name) => written(readFileSync(join(folder, name), 'utf8'), language));
  });
}

function written(text: string, language: Language): Written[] {
  try {
    const parts = splitFrontMatter(text);
    const meta = articleMetaSchema.pick({ topic: true, offerings: true }).safeParse(parts?.meta);
    return parts !== undefined && meta.success ? [{ ...meta.data, language, body: parts.body }] : [];
  } catch {
    return [];
  }
}

/**
 * What can be told by machine of a text in several languages: the values that it refers to, the addresses that it links to, and
 * its numbers are the same in each, in what each offering is shown. What isn't is named, and so is an exception that
 * no longer is one.
 */
export function checkInStep(articles: readonly Written[], exceptions: OneLanguageOnly): Finding[] {
  const topics = Map.groupBy(articles, ({ topic }) => topic);
  const findings = [...topics].flatMap(([topic, all]) => compare(all, exceptions[topic] ?? []));
  return [...findings, ...Object.entries(exceptions).flatMap(([topic, few]) => stale(topic, few, topics.get(topic)))];
}

function compare(all: readonly Written[], exceptions: OneLanguageOnly[string]): Finding[] {
  const found = OFFERINGS.flatMap((offering) => apart(all, offering));
  const told = new Map(found.filter((one) => !isExcepted(one, exceptions)).map((one) => [JSON.stringify(one), one]));
  return [...told.values()].flatMap(({ what, only }) =>
    all
      .filter(({ language }) => !only.includes(language))
      .map(({ topic, language }) => ({
        file: `articles/${language}/${topic}.md`,
        field: 'body',
        problem: `${what} stands in ${only.join(', ')}, and not here`,
      })),
  );
}

interface Apart {
  what: string;
  only: Language[];
}

/** What stands in the text of some languages and not of all, as `offering` is shown it. */
function apart(all: readonly Written[], offering: OfferingId): Apart[] {
  const shown = all
    .filter(({ offerings }) => offerings.includes(offering))
    .map((one) => ({ language: one.language, things: thingsIn(textFor(one, offering)) }));
  const every = new Set(shown.flatMap(({ things }) => [...things]));
  return [...every].flatMap((what) => {
    const only = shown.filter(({ things }) => things.has(what)).map(({ language }) => language);
    return only.length === shown.length ? [] : [{ what, only }];
  });
}

function textFor({ body, offerings }: Written, offering: OfferingId): string {
  return textsByOffering(body, offerings)?.[offering] ?? body;
}

const REFERENCE = /\{\{\s*([^{}]*?)\s*\}\}/g;
const ADDRESS = /https:\/\/[^\s)]*[^\s).,]/g;
const CODE = /`[^`]*`/g;
/** Digits that are no number: they belong to a name, or to a way of saying always. */
const NO_NUMBER = /21Vianet|(?:Microsoft|Office) 365|365 ?(?:days|天|日)/g;
/** Two digits at least: a single one is as often a word (one user, 1 人). */
const NUMBER = /\d(?:[\d.,:]*\d)/g;

/** The references, addresses and numbers of a text, each in one way of writing. */
function thingsIn(body: string): Set<string> {
  const text = body.normalize('NFKC');
  const references = [...text.matchAll(REFERENCE)].map(([, path = '']) => `{{${path}}}`);
  const bare = text.replace(REFERENCE, ' ');
  const addresses = [...bare.matchAll(ADDRESS)].map(([address]) => withoutLanguage(address));
  const plain = bare.replace(ADDRESS, ' ').replace(CODE, ' ').replace(NO_NUMBER, ' ');
  const numbers = [...plain.matchAll(NUMBER)].map(([number]) => number.replaceAll(',', ''));
  return new Set([...references, ...addresses, ...numbers]);
}

/** `https://learn.microsoft.com/zh-cn/…` is the page in another language. */
function withoutLanguage(address: string): string {
  return address.replace(/(?<=^https:\/\/[^/]+)\/[a-z]{2}-[a-z]{2}(?=\/)/i, '');
}

function isExcepted({ what, only }: Apart, exceptions: OneLanguageOnly[string]): boolean {
  return exceptions.some((one) => one.what.includes(what) && sameLanguages(one.only, only));
}

function sameLanguages(some: readonly Language[], others: readonly Language[]): boolean {
  return some.length === others.length && some.every((language) => others.includes(language));
}

function stale(topic: string, exceptions: OneLanguageOnly[string], all: readonly Written[] = []): Finding[] {
  const found = OFFERINGS.flatMap((offering) => apart(all, offering));
  return exceptions.flatMap((one) =>
    one.what
      .filter((what) => !found.some((each) => each.what === what && sameLanguages(one.only, each.only)))
      .map((what) => ({
        file: 'one-language-only.yaml',
        field: topic,
        problem: `${what} doesn’t stand in ${one.only.join(', ')} alone`,
      })),
  );
}
