import { offeringIdSchema } from '#knowledge/schema.ts';
import type { Case, Stated } from '../case.ts';
import { agreementName, possibleOfferings } from '../entitlement.ts';
import { forCustomer, servicesOf, tryFirst } from '../on-behalf.ts';
import { say } from '../question.ts';
import type { Question, Reading } from '../question.ts';
import { choiceQuestion } from './choose.ts';

/** The questions about who is asking and what was bought: only asked where no directory knows. */

function forgetting(...keys: (keyof Stated)[]): (known: Case) => Case {
  return (known) => {
    const stated = { ...known.stated };
    for (const key of keys) delete stated[key];
    return { ...known, stated };
  };
}

const stating = (known: Case, stated: Stated): Case => ({ ...known, stated: { ...known.stated, ...stated } });

export const offering: Question = choiceQuestion({
  step: 'offering',
  ids: (context) => {
    const { customer } = context.case.stated;
    return customer ? servicesOf(customer.id, context) : possibleOfferings(context.case);
  },
  sentence: (context) => {
    const { customer } = context.case.stated;
    return customer ? context.text('offering.ask-customer', { name: customer.name }) : context.text('offering.ask');
  },
  take(id, context): Reading {
    const product = offeringIdSchema.parse(id);
    const { customer } = context.case.stated;
    if (!customer) return { case: stating(context.case, { offering: product }), understood: true };
    const chosen = { ...customer, offering: product };
    return { case: forCustomer(context.case, chosen), understood: true, notes: [tryFirst(chosen, context)] };
  },
  forget: (known) => {
    const { customer } = known.stated;
    return customer ? forCustomer(known, { ...customer, offering: null }) : forgetting('offering')(known);
  },
});

export const admin: Question = choiceQuestion({
  step: 'admin',
  ids: () => ['yes', 'no', 'not-sure'],
  take(id, context): Reading {
    const known = context.case;
    if (id !== 'not-sure') return { case: stating(known, { admin: id === 'yes' ? 'yes' : 'no' }), understood: true };
    // The second "not sure" counts as no: the way out for people who aren't admins fits, and a person stays one tap away.
    if (known.stated.admin === 'not-sure') return { case: stating(known, { admin: 'no' }), understood: true };
    const notes = [say(context, context.text('admin.find-out'))];
    return { case: stating(known, { admin: 'not-sure' }), understood: true, notes };
  },
  forget: forgetting('admin'),
});

export const purchase: Question = choiceQuestion({
  step: 'purchase',
  ids: ({ case: known }) =>
    asksAffected(known) ? ['direct', 'partner', 'not-sure'] : ['direct', 'partner', 'both', 'not-sure'],
  sentence: (context) => context.text(asksAffected(context.case) ? 'purchase.ask-affected' : 'purchase.ask'),
  take(id, context): Reading {
    const known = context.case;
    if (asksAffected(known)) {
      const affected = id === 'partner' ? 'partner' : 'direct';
      return { case: stating(known, { affected }), understood: true };
    }
    const notes = id === 'not-sure' ? [say(context, context.text('purchase.find-out'))] : [];
    const bought = id === 'direct' || id === 'partner' || id === 'both' ? id : 'not-sure';
    return { case: stating(known, { purchase: bought }), understood: true, notes };
  },
  forget: (known) =>
    known.stated.affected === undefined ? forgetting('purchase')(known) : forgetting('affected')(known),
});

function asksAffected(known: Case): boolean {
  return known.facts?.purchase === 'both' || known.stated.purchase === 'both';
}

export const agreement: Question = choiceQuestion({
  step: 'agreement',
  ids: () => ['yes', 'no', 'not-sure'],
  sentence: (context) => context.text('agreement.ask', { agreement: agreementName(context.case, context.tools) }),
  take(id, context): Reading {
    const notes = id === 'not-sure' ? [say(context, context.text('agreement.find-out'))] : [];
    const answer = id === 'yes' || id === 'no' ? id : 'not-sure';
    return { case: stating(context.case, { agreement: answer }), understood: true, notes };
  },
  forget: forgetting('agreement'),
});

export const behalf: Question = choiceQuestion({
  step: 'behalf',
  ids: () => ['own', 'customer'],
  take: (id, { case: known }) => ({
    case: stating(known, { behalf: id === 'own' ? 'own' : 'customer' }),
    understood: true,
  }),
  forget: forgetting('behalf', 'customer', 'reference'),
});
