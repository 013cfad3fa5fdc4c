import type { Customer } from '#src/intake/ports.ts';
import { forCustomer, ownReferenceIn, servicesOf, tryFirst } from '../on-behalf.ts';
import type { NamedCustomer } from '../on-behalf.ts';
import { misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import { normalise, readChoice } from '../words.ts';

/** A reseller names the customer: searched among their own customers only, never among anybody else's. */

const PREFIX = 'customer:';
/** More than this no one reads in a chat: search on. */
const LISTED = 10;
const LONGEST_NAME = 100;

/** The reseller's customers, each once, whatever number of services they have. */
function customersOf({ case: known }: Context): readonly Customer[] {
  const all = known.facts?.customers ?? [];
  return all.filter(({ id }, at) => all.findIndex((one) => one.id === id) === at);
}

/** No directory lists the customers: the name is taken as it is said. */
const isUnlisted = (context: Context): boolean => customersOf(context).length === 0;

function matches(query: string | null, context: Context): readonly Customer[] {
  const all = customersOf(context);
  if (query === null) return all;
  const wanted = normalise(query);
  return all.filter(({ name, id }) => normalise(name).includes(wanted) || normalise(id) === wanted);
}

function named(said: string, context: Context): Customer | undefined {
  return customersOf(context).find(
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

function sentence(context: Context): string {
  if (isUnlisted(context)) return context.text('customer.ask-name');
  return context.text(context.case.customerQuery === null ? 'customer.ask' : 'customer.found');
}

/** The customer, with the service where there is only one: what to try first is said as soon as that is known. */
function taken({ id, name }: Pick<Customer, 'id' | 'name'>, context: Context): Reading {
  const [service, ...others] = id === '' ? [] : servicesOf(id, context);
  const chosen: NamedCustomer = { id, name, offering: others.length === 0 ? (service ?? null) : null };
  const own = ownReferenceIn(context.case.description ?? '');
  const known = forCustomer(context.case, chosen);
  const stated = { ...known.stated, ...(own !== null && { reference: known.stated.reference ?? own }) };
  const notes = chosen.offering === null ? [] : [tryFirst(chosen, context)];
  return { case: { ...known, stated }, understood: true, notes };
}

export const customer: Question = {
  step: 'customer',
  ask(context) {
    const listed = matches(context.case.customerQuery, context).slice(0, LISTED);
    const choices = listed.map(({ id, name }) => ({ id: `${PREFIX}${id}`, label: name }));
    const fields = [{ id: 'query', kind: 'text' as const, label: context.text('customer.search') }];
    const submitLabel = context.text(isUnlisted(context) ? 'contact.submit' : 'customer.submit');
    return say(context, sentence(context), { step: 'customer', choices, card: { fields, submitLabel } });
  },
  read(input: Input, context: Context): Reading {
    const picked = input.kind === 'submit' ? input.choice : null;
    const said = (input.kind === 'text' ? input.text : (picked ?? input.fields['query'] ?? '')).trim();
    if (isUnlisted(context)) return picked === null ? unlisted(said, context) : misread(context);
    const exact = named(said, context) ?? (picked === null ? pickedFrom(said, context) : undefined);
    if (exact) return taken(exact, context);
    return picked === null ? search(said, context) : misread(context, context.text('misread.choice'));
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

/** A name in one line, without control characters; nothing can check it, so the request says "unverified". */
function unlisted(said: string, context: Context): Reading {
  const name = said
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME);
  if (Array.from(name).length < 2 || !/\p{L}/u.test(name))
    return misread(context, context.text('customer.name-missing'));
  return taken({ id: '', name }, context);
}
