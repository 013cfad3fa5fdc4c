import { OFFERINGS, type Article, type OfferingId } from './schema.ts';

/**
 * Where the clouds differ, an article says so in blocks of its own:
 *
 *     ::: offering o365-21vianet
 *     Connect with `-ExchangeEnvironmentName O365China`.
 *     :::
 *
 * Everything outside of a block is for all offerings of the article. A block may name several offerings.
 */
const OPENS = /^:::\s*offering\s+(.*)$/;
const CLOSES = /^:::\s*$/;

/** The text of each offering, where there are blocks; undefined where the text is one for all. */
export function textsByOffering(
  body: string,
  offerings: readonly OfferingId[],
): Partial<Record<OfferingId, string>> | undefined {
  if (!body.includes(':::')) return undefined;
  return Object.fromEntries(
    offerings.map((offering) => [offering, resolve(body, (named) => named.includes(offering))]),
  );
}

/** The text of all offerings together, without the fences: for finding, never for showing. */
export function textOfAll(body: string): string {
  return body.includes(':::') ? resolve(body, () => true) : body;
}

/** The article as it is shown in `offering`, or undefined where it isn't of that offering. */
export function inOffering(article: Article, offering: OfferingId): Article | undefined {
  if (!article.offerings.includes(offering)) return undefined;
  const body = article.bodies?.[offering];
  return body === undefined ? article : { ...article, body };
}

function resolve(body: string, isShown: (named: readonly string[]) => boolean): string {
  const kept: string[] = [];
  let named: readonly string[] | undefined;
  for (const line of body.split('\n')) {
    const opens = OPENS.exec(line);
    if (opens !== null) named = namesIn(opens);
    else if (CLOSES.test(line)) named = undefined;
    else if (named === undefined || isShown(named)) kept.push(line);
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** What is wrong with the blocks of a text: one that never ends, ends twice, stands in another, or names no offering. */
export function blockFaults(body: string, offerings: readonly OfferingId[]): string[] {
  const faults: string[] = [];
  let open = false;
  for (const line of body.split('\n')) {
    const opens = OPENS.exec(line);
    if (opens !== null) {
      if (open) faults.push(`a block inside a block: ${line}`);
      open = true;
      faults.push(...unknownIn(namesIn(opens), offerings));
    } else if (CLOSES.test(line)) {
      if (!open) faults.push('::: ends a block that was never begun');
      open = false;
    } else if (line.startsWith(':::')) faults.push(`not understood: ${line}`);
  }
  return open ? [...faults, 'a block of one offering never ends: :::'] : faults;
}

function unknownIn(named: readonly string[], offerings: readonly OfferingId[]): string[] {
  if (named.length === 0) return ['a block names no offering'];
  return named
    .filter((name) => !offerings.some((offering) => offering === name))
    .map((name) =>
      OFFERINGS.some((offering) => offering === name)
        ? `a block of ${name}, to which the article doesn't belong`
        : `there is no offering ${name}`,
    );
}

function namesIn([, names = '']: RegExpExecArray): string[] {
  return names.split(/[\s,]+/).filter((name) => name !== '');
}
