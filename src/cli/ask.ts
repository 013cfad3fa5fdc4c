import { z } from 'zod';
import { languageSchema, offeringIdSchema, type Language, type OfferingId } from '#knowledge/schema.ts';
import type { Answer, Search } from '#knowledge/search.ts';

const lineSchema = z.object({
  id: z.union([z.string(), z.number()]),
  question: z.string(),
  lang: languageSchema.nullish(),
  offering: offeringIdSchema,
});

/** A question that somebody asked; `lang` was told, or seen from its script. */
export interface Asked {
  id: string | number;
  question: string;
  lang: Language;
  offering: OfferingId;
}

/**
 * `ask`: one JSON question a line in, one JSON answer a line out; `topic` null means that nothing was certain enough. A line
 * that can't be read is named on stderr and passed over. Returns the exit code: 0, or 2 where a line was bad.
 */
export async function runAsk(
  lines: AsyncIterable<string>,
  search: Search,
  out: (line: string) => void,
): Promise<number> {
  let number = 0;
  let code = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const asked = readAsked(line);
    if (typeof asked === 'string') {
      console.error(`line ${number}: ${asked}`);
      code = 2;
      continue;
    }
    const { question, lang: language, offering } = asked;
    out(JSON.stringify({ id: asked.id, ...printed(search.ask({ question, language, offering })) }));
  }
  return code;
}

function readAsked(line: string): Asked | string {
  const data = parseJson(line);
  if (data === undefined) return 'not JSON';
  const parsed = lineSchema.safeParse(data);
  if (parsed.success) return { ...parsed.data, lang: parsed.data.lang ?? languageOf(parsed.data.question) };
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Kana are only Japanese; characters without any kana are taken for Chinese. */
function languageOf(text: string): Language {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return 'ja';
  return /\p{Script=Han}/u.test(text) ? 'zh-CN' : 'en';
}

function printed({ best, alternatives }: Answer): Record<string, unknown> {
  return {
    topic: best?.topic ?? null,
    answer: best?.article.body ?? '',
    score: best?.score ?? alternatives[0]?.score ?? 0,
    alternatives: alternatives.map(({ topic, score }) => ({ topic, score })),
  };
}
