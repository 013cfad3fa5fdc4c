import type { OfferingId } from '#knowledge/schema.ts';
import type { Incident } from '#src/intake/ports.ts';
import { offeringOf } from '../entitlement.ts';
import { say } from '../question.ts';
import type { Context, Deed, Question, Reading } from '../question.ts';
import { choiceQuestion } from './choose.ts';

/** Is it this known incident? Who says so is told when it is over, and may file a request of their own all the same. */

/** The incident that the question is about, as the directory sees it now. */
function known(context: Context): Incident | undefined {
  const offering = offeringOf(context.case);
  const id = context.case.incident?.id;
  return offering === null ? undefined : context.world.incidents(offering).find((one) => one.id === id);
}

export const incident: Question = {
  ...choiceQuestion({
    step: 'incident',
    ids: () => ['me-too', 'different'],
    sentence(context) {
      const found = known(context);
      if (!found) return context.text('incident.over');
      return context.text('incident.ask', { id: found.id, service: found.service, title: found.title });
    },
    take(id, context): Reading {
      const asked = context.case.incident;
      if (!asked) return { case: context.case, understood: true };
      if (id !== 'me-too') {
        return { case: { ...context.case, incident: { ...asked, outcome: 'different' } }, understood: true };
      }
      return meToo(asked.id, context);
    },
    forget: (before) => (before.incident ? { ...before, incident: { ...before.incident, outcome: null } } : before),
  }),
  unaided: (context) => context.text('incident.again', { id: context.case.incident?.id ?? '' }),
};

/** It may have ended while the question stood: then there is nothing to wait for. */
function meToo(id: string, context: Context): Reading {
  const offering = offeringOf(context.case);
  const found = known(context);
  const linked = [...context.case.linked.filter((one) => one !== id), id].slice(-MOST_LINKED);
  const told = { ...context.case, linked, incident: { id, outcome: 'me-too' as const } };
  const key = found ? 'incident.linked' : 'incident.ended';
  const note = say(context, context.text(key, { id }), { card: { tone: 'good' } });
  if (!found || offering === null) return { case: told, understood: true, notes: [note] };
  return { case: told, understood: true, notes: [note], deeds: [linkTo(found, offering)] };
}

/** To be told when it is over. */
export function linkTo({ id, service, title }: Incident, offering: OfferingId): Deed {
  return { kind: 'link-incident', incident: id, offering, title: `${service}: ${title}` };
}

/** More incidents than anybody has at once. */
const MOST_LINKED = 10;
