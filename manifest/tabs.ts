import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AppName } from './facts.ts';

/**
 * The apps without a bot, for a Teams that takes none: Microsoft's table for the one operated by 21Vianet has tabs, and
 * neither bots, message extensions nor cards (learn.microsoft.com/microsoftteams/platform/concepts/sovereign-cloud, July
 * 2026); another page of theirs has bots.
 */
const BOT_ONLY = ['bots', 'composeExtensions'] as const;

const words = z.record(z.string(), z.string());
type Words = z.infer<typeof words>;

const manifestShape = z.looseObject({
  description: z.object({ short: z.string(), full: z.string() }),
  staticTabs: z.array(z.looseObject({ entityId: z.string() })),
});

/** Where each tab of the whole app stands among those that are left; the bot's own chat is none of them. */
function tabsLeft(whole: unknown): number[] {
  const { staticTabs } = manifestShape.parse(whole);
  return staticTabs.flatMap(({ entityId }, at) => (entityId === 'conversations' ? [] : [at]));
}

export function withoutBot(app: AppName, whole: unknown): unknown {
  const { staticTabs, description, ...rest } = manifestShape.parse(whole);
  const own = wordsOf(app, 'en');
  const kept = Object.entries(rest).filter(([key]) => !BOT_ONLY.some((each) => each === key));
  return {
    ...Object.fromEntries(kept),
    description: {
      short: own['description.short'] ?? description.short,
      full: own['description.full'] ?? description.full,
    },
    staticTabs: tabsLeft(whole).map((at) => staticTabs[at]),
  };
}

/** A translation of the whole app as one of what is left of it. */
export function wordsWithoutBot(app: AppName, language: string, whole: { manifest: unknown; words: unknown }): Words {
  const left = tabsLeft(whole.manifest);
  const kept = Object.entries(words.parse(whole.words)).flatMap(([key, text]): [string, string][] => {
    if (BOT_ONLY.some((each) => key.startsWith(`${each}[`))) return [];
    const [, at] = /^staticTabs\[(\d+)\]/.exec(key) ?? [];
    return [[at === undefined ? key : key.replace(`[${at}]`, `[${left.indexOf(Number(at))}]`), text]];
  });
  return { ...Object.fromEntries(kept), ...wordsOf(app, language) };
}

/** What the app says of itself differently without its bot. */
function wordsOf(app: AppName, language: string): Words {
  if (app === 'customer') return {};
  const all: unknown = JSON.parse(readFileSync(join(import.meta.dirname, app, 'tabs.json'), 'utf8'));
  return z.record(z.string(), words).parse(all)[language] ?? {};
}
