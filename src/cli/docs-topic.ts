import { createHash } from 'node:crypto';
import type { Language, OfferingId } from '#knowledge/schema.ts';

const SHORT: Readonly<Record<OfferingId, string>> = {
  worldwide: 'ww',
  'o365-21vianet': 'o365cn',
  'azure-21vianet': 'azurecn',
  'partner-center-21vianet': 'pccn',
};

const LONGEST = 90;

interface Part {
  readonly offering: OfferingId;
  /** The import's name, and the document's path in it. */
  readonly name: string;
  readonly path: string;
  /** The heading; '' for the document's beginning. */
  readonly heading: string;
  /** How many parts with the same heading come before it. */
  readonly nth: number;
}

/**
 * The topic of an imported article: legible, and always the same for the same part of the same document, whatever else is in
 * the folder. The language isn't part of it: translations below `en-us/` and `ja-jp/` share their topics where they can.
 */
export function topicOf({ offering, name, path, heading, nth }: Part): string {
  const page = path.replace(/\.md$/i, '').split('/').filter((part) => languageOfPart(part) === undefined).join('/'); // prettier-ignore
  const digest = createHash('sha256').update([name, page, heading, nth].join('\n')).digest('hex').slice(0, 8);
  const words = slug(`${page} ${heading}`).slice(0, LONGEST).replace(/-+$/, '');
  return `doc.${[SHORT[offering], words, digest].filter((part) => part !== '').join('-')}`;
}

function slug(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The language that a folder's name says: `en-us`, `zh-cn`, `zh-hans`, `ja-jp`. */
function languageOfPart(part: string): Language | undefined {
  if (/^en(?:-[a-z]{2})?$/i.test(part)) return 'en';
  if (/^zh(?:-cn|-hans|-hans-cn)?$/i.test(part)) return 'zh-CN';
  return /^ja(?:-jp)?$/i.test(part) ? 'ja' : undefined;
}

/** A document's language: by its folder, else by its script: kana are only Japanese. */
export function languageOf(path: string, text: string): Language {
  for (const part of path.split('/').slice(0, -1)) {
    const named = languageOfPart(part);
    if (named !== undefined) return named;
  }
  const count = (script: RegExp): number => text.match(script)?.length ?? 0;
  const letters = count(/[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  if (count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu) > letters / 20) return 'ja';
  return count(/\p{Script=Han}/gu) > letters / 10 ? 'zh-CN' : 'en';
}
