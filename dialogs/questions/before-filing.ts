import type { Article } from '#knowledge/schema.ts';
import { say } from '../question.ts';
import type { Context, Question, Reading } from '../question.ts';
import type { Reply } from '../reply.ts';
import { offeringOf } from '../entitlement.ts';
import { choiceQuestion } from './choose.ts';

/** What is shown before anything is filed: an article, a known incident, an open request that says the same. */

/** The article in the person's language, else in another one (said so). */
function articleOf(topic: string, context: Context): Article | undefined {
  return context.tools.article(topic, context.case.language);
}

function ended(context: Context, key: string, values: Record<string, string> = {}): Reply {
  return say(context, context.text(key, values), { card: { tone: 'good' } });
}

export const answer: Question = {
  ...choiceQuestion({
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
      const notes = id === 'yes' ? [ended(context, 'answer.solved')] : [];
      return { case: known, understood: true, notes, deeds: [feedback] };
    },
    forget: (known) => (known.answer ? { ...known, answer: { ...known.answer, outcome: null } } : known),
  }),
  short: (context) => context.text('answer.ask'),
  ask(context): Reply {
    const article = context.case.answer ? articleOf(context.case.answer.topic, context) : undefined;
    const choices = ['yes', 'no', 'human'].map((id) => ({ id, label: context.text(`answer.${id}`) }));
    if (!article) return say(context, context.text('answer.ask'), { step: 'answer', choices, card: {} });
    const foreign = article.language === context.case.language ? '' : `${context.text('answer.other-language')}\n\n`;
    const footer = context.text('answer.source', { source: article.source, date: article.reviewed });
    const links = article.sourceUrl ? [{ label: context.text('answer.open-source'), url: article.sourceUrl }] : [];
    const text = `**${article.title}**\n\n${foreign}${article.body}\n\n${context.text('answer.ask')}`;
    return say(context, text, {
      step: 'answer',
      format: 'markdown',
      choices,
      card: { footer, links },
      data: { topic: article.topic },
    });
  },
};

export const incident: Question = choiceQuestion({
  step: 'incident',
  ids: () => ['me-too', 'different'],
  sentence(context) {
    const offering = offeringOf(context.case);
    const known = offering && context.world.incidents(offering).find(({ id }) => id === context.case.incident?.id);
    if (!known) return context.text('incident.over');
    return context.text('incident.ask', { id: known.id, service: known.service, title: known.title });
  },
  take(id, context): Reading {
    const known = context.case.incident;
    if (!known) return { case: context.case, understood: true };
    const outcome = id === 'me-too' ? 'me-too' : 'different';
    const notes = outcome === 'me-too' ? [ended(context, 'incident.linked', { id: known.id })] : [];
    return { case: { ...context.case, incident: { ...known, outcome } }, understood: true, notes };
  },
  forget: (known) => (known.incident ? { ...known, incident: { ...known.incident, outcome: null } } : known),
});

export const similar: Question = choiceQuestion({
  step: 'similar',
  ids: () => ['same', 'different'],
  sentence: (context) => context.text('similar.ask', { number: context.case.similar?.number ?? '' }),
  take(id, context): Reading {
    const known = context.case.similar;
    const text = context.case.description;
    if (!known || text === null) return { case: context.case, understood: true };
    const outcome: 'same' | 'different' = id === 'same' ? 'same' : 'different';
    const same = { ...context.case, similar: { ...known, outcome } };
    if (outcome === 'different') return { case: same, understood: true };
    const deed = { kind: 'add-information' as const, number: known.number, text };
    return {
      case: same,
      understood: true,
      notes: [ended(context, 'similar.added', { number: known.number })],
      deeds: [deed],
    };
  },
  forget: (known) => (known.similar ? { ...known, similar: { ...known.similar, outcome: null } } : known),
});
