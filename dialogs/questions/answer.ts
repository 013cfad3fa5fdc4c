import type { Article } from '#knowledge/schema.ts';
import { offeringOf } from '../entitlement.ts';
import { say } from '../question.ts';
import type { Context, Question, Reading } from '../question.ts';
import type { Reply } from '../reply.ts';
import { isWholeWord } from '../words.ts';
import { choiceQuestion } from './choose.ts';

/** The article that may settle the matter before anything is filed. */

/** The article of the person's offering, in their language, else in another one (said so). */
function articleOf(topic: string, context: Context): Article | undefined {
  const offering = offeringOf(context.case);
  return offering === null ? undefined : context.tools.article(topic, context.case.language, offering);
}

/** An article as it is said to somebody, with where it comes from. */
export function articleSaid(article: Article, context: Pick<Context, 'case' | 'text'>) {
  const foreign = article.language === context.case.language ? '' : `${context.text('answer.other-language')}\n\n`;
  const source = [article.source, article.licence].filter((words) => words !== undefined).join(', ');
  const footer = context.text('answer.source', { source, date: article.reviewed });
  const links = article.sourceUrl ? [{ label: context.text('answer.open-source'), url: article.sourceUrl }] : [];
  return { text: `**${article.title}**\n\n${foreign}${article.body}`, card: { footer, links } };
}

const helped = choiceQuestion({
  step: 'answer',
  ids: () => ['yes', 'no', 'human'],
  take(id, context): Reading {
    const { answer: shown, description } = context.case;
    const outcome: 'yes' | 'no' = id === 'yes' ? 'yes' : 'no';
    if (!shown || description === null) return { case: context.case, understood: true };
    const feedback = {
      kind: 'feedback' as const,
      helpful: outcome === 'yes',
      topic: shown.topic,
      question: description,
    };
    const known = { ...context.case, answer: { ...shown, outcome } };
    if (id === 'human') return { case: known, understood: true, deeds: [feedback, { kind: 'wait-for-agent' }] };
    const notes = id === 'yes' ? [say(context, context.text('answer.solved'), { card: { tone: 'good' } })] : [];
    return { case: known, understood: true, notes, deeds: [feedback] };
  },
  forget: (known) => (known.answer ? { ...known, answer: { ...known.answer, outcome: null } } : known),
});

export const answer: Question = {
  ...helped,
  /** "What shall I do now?" under an article is no new question: it did not help. */
  read(input, context) {
    const isLost = input.kind === 'text' && isWholeWord(input.text, 'words.what-now', context.tools.phrases);
    return helped.read(isLost ? { ...input, text: 'no' } : input, context);
  },
  short: (context) => context.text('answer.ask'),
  ask(context): Reply {
    const article = context.case.answer ? articleOf(context.case.answer.topic, context) : undefined;
    const choices = ['yes', 'no', 'human'].map((id) => ({ id, label: context.text(`answer.${id}`) }));
    if (!article) return say(context, context.text('answer.ask'), { step: 'answer', choices, card: {} });
    const said = articleSaid(article, context);
    const text = `${said.text}\n\n${context.text('answer.ask')}`;
    return say(context, text, {
      step: 'answer',
      format: 'markdown',
      choices,
      card: said.card,
      data: { topic: article.topic },
    });
  },
};
