import type { Finding } from './finding.ts';
import type { Rules } from './offering.ts';
import { inOffering } from './offering-blocks.ts';
import type { Article } from './schema.ts';

/**
 * What an article may not hold, in the text of any of its offerings: Markdown that Teams doesn't draw, links that lead nowhere,
 * another cloud's number, more than a person reads in a chat.
 */
export function checkArticle(article: Article, rules: Rules): Finding[] {
  const file = `articles/${article.language}/${article.topic}.md`;
  const shown = article.offerings.flatMap((offering) => {
    const one = inOffering(article, offering);
    return one === undefined ? [] : checkShown({ ...one, offerings: [offering] }, rules);
  });
  const findings = [...new Set(shown)].map((problem) => ({ file, field: 'body', problem }));
  const { length } = article.questions;
  if (length >= 3 && length <= 6) return findings;
  return [...findings, { file, field: 'questions', problem: `3 to 6 ways of asking, not ${length}` }];
}

/** Characters; a longer text is no answer but a document: link to it. */
const LONGEST = 2_500;

function checkShown(article: Article, rules: Rules): string[] {
  const { body } = article;
  const long = body.length > LONGEST ? [`${body.length} characters are too much for a chat: ${LONGEST} at most`] : [];
  return [...checkMarkdown(body), ...checkLinks(body), ...checkNumbers(article, rules), ...long];
}

const UNDRAWN: readonly [RegExp, string][] = [
  [/^#{1,6} /m, 'a heading: use a bold line'],
  [/^[^\n]+\n(?:=+|-+)[ \t]*$/m, 'a heading (underlined): use a bold line'],
  [/^\|.*\|/m, 'a table: use a list'],
  [/^ {2,}(?:[-*+]|\d+[.)]) /m, 'a list inside a list: Teams draws one level'],
  [/^>/m, 'a quotation: say it in a paragraph'],
  [/^(?:```|~~~)/m, 'a block of code: use `code`'],
  [/^:::/m, 'a fence that was left over'],
  [/!\[/, 'an image: say it in words'],
  [/<\/?(?:a|b|br|div|em|i|img|li|ol|p|script|span|strong|table|td|tr|ul)\b[^>]*>/i, 'HTML: use Markdown'],
];

function checkMarkdown(body: string): string[] {
  return UNDRAWN.filter(([pattern]) => pattern.test(body)).map(([, problem]) => problem);
}

function checkLinks(body: string): string[] {
  const targets = [...body.matchAll(/\]\(([^)]*)\)/g)].map(([, target = '']) => target);
  return targets
    .filter((target) => !isSafe(target))
    .map((target) => `a link that is no https, mailto or tel address: ${target}`);
}

function isSafe(target: string): boolean {
  if (/^mailto:[^\s@]+@[^\s@]+$/.test(target) || /^tel:\+?[\d-]+$/.test(target)) return true;
  return target.startsWith('https://') && URL.canParse(target);
}

/** A person who dials the other cloud's number reaches people who can't help. */
function checkNumbers({ body, offerings }: Article, { offerings: all, phones }: Rules): string[] {
  const china = Object.values(all).flatMap(({ phone }) => (phone === undefined ? [] : Object.values(phone)));
  const foreign = china.map(({ value }) => value);
  const worldwide = Object.values(phones)
    .flat()
    .filter(({ cloud }) => cloud === 'worldwide')
    .flatMap(({ numbers }) => numbers.map(({ number }) => number));
  const forbidden = [
    ...(offerings.includes('worldwide') ? foreign : []),
    ...(offerings.some((id) => id !== 'worldwide') ? worldwide : []),
  ];
  return forbidden
    .filter((number) => number.length > 8 && body.includes(number))
    .map((number) => `the number ${number} belongs to another cloud`);
}
