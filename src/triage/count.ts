import type { Found } from './find.ts';
import { matches } from './neutralize.ts';
import { readCount } from './signals/counts.ts';
import type { Signal } from './signals/signal.ts';

/** One language's patterns for people counted, shares, and "3 of our 400". */
export interface Counters {
  people: RegExp;
  counts: RegExp;
  shares: RegExp;
  parts: RegExp;
}

/** Of so many an ordinary team has none: with fewer, the words decide whether it is a whole company. */
const MANY = 50;
const DOZENS = 10;
const EVERYONE_SHARE = 0.9;
const MANY_SHARE = 0.25;
/** "2 of 3" says nothing of a company. */
const LEAST_WHOLE = 5;
/** How far from a share its people may stand. */
const NEAR = 16;
/** A percentage of these is no share of people. */
const CAPACITY =
  /dtu|stuck|hangs|costs?|bill|went up|compliance|score|quota|storage|disk|memory|cpu|full\b|upload|download|progress|卡在|停在|账单|费用|涨|容量|空间|进度|磁盘|内存|使用率|ディスク|メモリ|使用量|進捗|で止ま|料金|請求|プール/u;
const REQUESTS = /requests?|calls|请求|要求|リクエスト|呼び出し/u;

/** "3 of our 400 people": the share decides, not the larger number. */
export function partsIn({ parts }: Counters, text: string): Found[] {
  return matches(parts, text).flatMap((match) => {
    const few = readCount(match.groups?.['few'] ?? '');
    const all = readCount(match.groups?.['all'] ?? '');
    if (few === 0 || all < LEAST_WHOLE || few > all) return [];
    return [at(match, signalOfShare(few / all, 'few-of-many'))];
  });
}

/** "200 users", 二十个用户, 30名. */
export function peopleIn({ counts }: Counters, text: string): Found[] {
  return matches(counts, text).map((match) => at(match, signalOfCount(readCount(match[1] ?? ''))));
}

/** "40 % of the staff", 九成, 3割: of people, or, from one half on, of requests. */
export function sharesIn({ shares, people }: Counters, text: string): Found[] {
  return matches(shares, text).flatMap((match) => {
    const tenths = match[3] ?? (match[2] !== undefined && /成|割/u.test(match[0]) ? match[2] : undefined);
    const share = tenths === undefined ? readCount(match[1] ?? match[2] ?? '') / 100 : readCount(tenths) / 10;
    const around = text.slice(Math.max(0, match.index - NEAR), match.index + match[0].length + NEAR);
    const isCapacity = CAPACITY.test(around);
    const isOfInterest = !isCapacity && (people.test(around) || (share >= 0.5 && REQUESTS.test(around)));
    return share > 1 || !isOfInterest ? [] : [at(match, signalOfShare(share, 'several'))];
  });
}

function at(match: RegExpExecArray, signal: Signal): Found {
  return { signal, start: match.index, end: match.index + match[0].length };
}

function signalOfShare(share: number, small: Signal): Signal {
  if (share >= EVERYONE_SHARE) return 'everyone';
  return share >= MANY_SHARE ? 'many' : small;
}

function signalOfCount(count: number): Signal {
  if (count >= MANY) return 'many';
  if (count >= DOZENS) return 'dozens';
  return count === 1 ? 'one-person' : 'several';
}
