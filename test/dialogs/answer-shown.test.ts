import { describe, expect, it } from 'vitest';
import { adaptiveCard } from '#bot/cards/adaptive.ts';
import { newCase } from '#dialogs/case.ts';
import type { Context } from '#dialogs/question.ts';
import { answer } from '#dialogs/questions/answer.ts';
import type { Reply } from '#dialogs/reply.ts';
import { LANGUAGES, type Article, type Language, type OfferingId } from '#knowledge/schema.ts';
import { article } from '../knowledge/place.ts';
import { book, countingTools } from './talk.ts';

const tools = countingTools(0);

/** The answer as somebody of that offering and language gets it. */
function shown(topic: string, language: Language, offering: OfferingId, only?: Article): Reply {
  const fresh = newCase(language, null, null);
  const known = { ...fresh, stated: { ...fresh.stated, offering }, answer: { topic, outcome: null } };
  const context: Context = {
    case: known,
    tools: only === undefined ? tools : { ...tools, article: () => only },
    world: { facts: never, incidents: never, requests: never, colleagues: never, queue: never, record: never },
    text: (key, values) => book.phrases.text(language, key, values),
  };
  return answer.ask(context);
}

const never = (): never => {
  throw new Error('nothing of the world is needed to show an article');
};

describe.each(LANGUAGES)('every article in %s, in each of its offerings', (language) => {
  const own = book.articles.filter((one) => one.language === language);

  it('stands whole in the text, with source and date on the card, which is small enough for Teams', () => {
    expect(own).toHaveLength(74);
    for (const { topic, offerings, source, reviewed } of own) {
      for (const offering of offerings) {
        const reply = shown(topic, language, offering);
        const body = book.article(topic, language, offering)?.body ?? '';
        expect(body).not.toBe('');
        expect(reply.text).toContain(body);
        expect(reply.card?.footer).toContain(source);
        expect(reply.card?.footer).toContain(reviewed);
        const card = JSON.stringify({ text: reply.text, attachments: [adaptiveCard(reply)] });
        expect(Buffer.byteLength(card), topic).toBeLessThan(24_000);
      }
    }
  });
});

it('an imported article shows its licence, and in which language it is', () => {
  const imported = article({ topic: 'doc.ww-a-12345678', licence: 'CC BY 4.0', source: 'A (a.md)', imported: true });
  const reply = shown(imported.topic, 'ja', 'worldwide', imported);
  expect(reply.card?.footer).toContain('A (a.md), CC BY 4.0');
  expect(reply.text).toContain(book.phrases.text('ja', 'answer.other-language'));
});

it('nothing is shown of an offering to which the article does not belong', () => {
  expect(shown('o365cn.phone-number', 'en', 'worldwide').text).not.toContain('400');
});
