import { withoutPersonalData } from '#src/intake/redact.ts';
import { formatInstant } from '../instant.ts';
import { say } from '../question.ts';
import type { Context, Question, Reading } from '../question.ts';
import { choiceQuestion } from './choose.ts';

/** Is it one of these open requests? The person's own, or, for an admin, one of the organization. */

export const similar: Question = {
  ...choiceQuestion({
    step: 'similar',
    ids: () => ['same', 'different'],
    sentence: (context) => sentence(context),
    take(id, context): Reading {
      const known = context.case.similar;
      const text = context.case.description;
      if (!known || text === null) return { case: context.case, understood: true };
      const outcome: 'same' | 'different' = id === 'same' ? 'same' : 'different';
      const same = { ...context.case, similar: { ...known, outcome } };
      if (outcome === 'different') return { case: same, understood: true };
      const { number } = known;
      const by = known.colleague ? (context.case.facts?.name ?? '') : null;
      return {
        case: same,
        understood: true,
        notes: [say(context, context.text('similar.added', { number }), { card: { tone: 'good' } })],
        deeds: [{ kind: 'add-information', number, text, by }],
      };
    },
    forget: (known) => (known.similar ? { ...known, similar: { ...known.similar, outcome: null } } : known),
  }),
  unaided: (context) => context.text('similar.ask', { number: context.case.similar?.number ?? '' }),
};

const LONGEST_SUBJECT = 60;

/** Of a colleague's request an admin learns the number, the level, when, and what about; never who. */
function sentence(context: Context): string {
  const { similar: known, facts, timeZone, language } = context.case;
  const number = known?.number ?? '';
  const tenant = facts?.tenant ?? null;
  if (known?.colleague !== true || tenant === null) return context.text('similar.ask', { number });
  const found = context.world.colleagues(tenant).find((one) => one.number === number);
  if (!found) return context.text('similar.ask', { number });
  const plain = withoutPersonalData(found.description).replace(/\s+/g, ' ').trim();
  const letters = Array.from(plain);
  const subject = letters.slice(0, LONGEST_SUBJECT).join('') + (letters.length > LONGEST_SUBJECT ? '…' : '');
  const time = formatInstant(new Date(found.createdAt).toISOString(), timeZone ?? 'UTC', language);
  return context.text('similar.ask-colleague', { number, level: found.severity, time, text: subject });
}
