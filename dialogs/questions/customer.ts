import type { Customer } from '#src/intake/ports.ts';
import type { Case } from '../case.ts';
import { misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import { normalise, readChoice } from '../words.ts';

/** A reseller names the customer: searched among their own customers only, never among anybody else's. */

const PREFIX = 'customer:';
/** More than this no one reads in a chat: search on. */
const LISTED = 10;

function matches(query: string | null, context: Context): readonly Customer[] {
  const all = context.case.facts?.customers ?? [];
  if (query === null) return all;
  const wanted = normalise(query);
  return all.filter(({ name, id }) => normalise(name).includes(wanted) || normalise(id) === wanted);
}

function named(said: string, context: Context): Customer | undefined {
  const all = context.case.facts?.customers ?? [];
  return all.find(
    ({ id, name }) => `${PREFIX}${id}`.toLowerCase() === said.toLowerCase() || normalise(name) === normalise(said),
  );
}

/** One of those on the card, by its number or with a few words around the name; "yes" where only one is left. */
function pickedFrom(said: string, context: Context): Customer | undefined {
  const shown = matches(context.case.customerQuery, context).slice(0, LISTED);
  const choices = shown.map(({ id, name }) => ({ id: `${PREFIX}${id}`, label: name }));
  const [only, ...others] = shown;
  const agreed = readChoice(said, [{ id: 'yes', label: 'yes' }], context.tools.phrases) === 'yes';
  if (only && others.length === 0 && agreed) return only;
  const picked = readChoice(said, choices, context.tools.phrases);
  return shown.find(({ id }) => `${PREFIX}${id}` === picked);
}

const withCustomer = (known: Case, { id, name, offering }: Customer): Case => ({
  ...known,
  customerQuery: null,
  stated: { ...known.stated, customer: { id, name, offering } },
});

export const customer: Question = {
  step: 'customer',
  ask(context) {
    const listed = matches(context.case.customerQuery, context).slice(0, LISTED);
    const choices = listed.map(({ id, name }) => ({ id: `${PREFIX}${id}`, label: name }));
    const fields = [{ id: 'query', kind: 'text' as const, label: context.text('customer.search') }];
    const card = { fields, submitLabel: context.text('customer.submit') };
    const text = context.text(context.case.customerQuery === null ? 'customer.ask' : 'customer.found');
    return say(context, text, { step: 'customer', choices, card });
  },
  read(input: Input, context: Context): Reading {
    const picked = input.kind === 'submit' ? input.choice : null;
    const said = (input.kind === 'text' ? input.text : (picked ?? input.fields['query'] ?? '')).trim();
    const exact = named(said, context) ?? (picked === null ? pickedFrom(said, context) : undefined);
    if (!exact) return picked === null ? search(said, context) : misread(context, context.text('misread.choice'));
    const tryFirst = say(context, context.text('customer.try-first', { name: exact.name }), { format: 'markdown' });
    return { case: withCustomer(context.case, exact), understood: true, notes: [tryFirst] };
  },
  forget(known) {
    const { customer: _, ...stated } = known.stated;
    return { ...known, stated, customerQuery: null };
  },
};

function search(query: string, context: Context): Reading {
  if (query === '' || matches(query, context).length === 0) return misread(context, context.text('customer.none'));
  return { case: { ...context.case, customerQuery: query }, understood: true };
}
