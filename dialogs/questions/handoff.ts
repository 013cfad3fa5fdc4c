import { readEmail } from '#src/intake/contact.ts';
import type { Case } from '../case.ts';
import { closedAt, decisionOf } from '../entitlement.ts';
import { toldTwice } from '../promise.ts';
import { filedAsIs } from '../file-as-is.ts';
import { choices, say } from '../question.ts';
import type { Context, Deed, Input, Question, Reading } from '../question.ts';
import { phoneIn, phoneOf, reachedBy, timeIn, withoutNumbers } from '../reach.ts';
import type { Choice, Reply } from '../reply.ts';
import { readWholeChoice } from '../words.ts';
import { phoneLine } from './phone-line.ts';
import { widthOf } from './describe.ts';

/** In line for a person: the place and how long it takes; and where nobody is there, when somebody is, and other ways to be answered. */

type Contact = Case['contact'];
const WAYS = ['email', 'phone'] as const;

/** With nobody there, an answer by mail or a call is offered; they are no obligation. */
function ways(context: Context): Choice[] {
  return context.world.queue().agentsOnDuty > 0 ? [] : choices(context, 'handoff-way', WAYS);
}

/** How the line stands, in sentences. */
function standing(context: Context, position: number): string[] {
  const { agentsOnDuty, waitMinutes, opensAt: told } = context.world.queue();
  const { openNow, opensAt: byRule } = decisionOf(context.case, context.tools);
  const opensAt = told ?? (openNow ? null : byRule);
  if (agentsOnDuty > 0) {
    const wait = waitMinutes === null ? [] : [context.text('handoff.expected', { minutes: Math.max(1, waitMinutes) })];
    return [[context.text('handoff.waiting', { position }), ...wait].join(context.case.language === 'en' ? ' ' : '')];
  }
  const nobody =
    opensAt === null
      ? context.text('handoff.nobody', { position })
      : context.text('handoff.opens', { position, time: toldTwice(context, opensAt) });
  return [nobody, context.text('handoff.leave')];
}

export const handoff: Question = {
  step: 'handoff',
  ask(context): Reply {
    const { waiting, waitMinutes } = context.world.queue();
    const position = waiting + 1;
    const text = [...standing(context, position), phoneLine(context), context.text('handoff.meanwhile')].join('\n\n');
    const state = { state: 'waiting', position, ...(waitMinutes !== null && { waitMinutes }) };
    const offered = ways(context);
    return say(context, text, {
      step: 'handoff',
      data: { handoff: state },
      ...(offered.length > 0 && { choices: offered, card: {} }),
    });
  },
  read(input: Input, context: Context): Reading {
    const contact = leftIn(input, context);
    if (contact === null) return noted(context, context.case.contact, context.text('handoff.kept'));
    const left = noted(context, contact, whatIsLeft(contact, context));
    return contact.method === 'phone' && contact.phone !== undefined && contact.callbackAt !== undefined
      ? promised(left, [contact.phone, contact.callbackAt], context)
      : withoutCall(left);
  },
  forget: (known) => known,
};

/**
 * A call at a time is a promise, and a promise is owed for a request: for the one that is filed, else for what is known so far,
 * filed as it stands. Who waits keeps their place.
 */
function promised(left: Reading, [phone, callbackAt]: readonly [string, string], context: Context): Reading {
  const { case: known } = left;
  const text = [phone, toldTwice(context, callbackAt)].join(' · ');
  if (known.request !== null && !isOver(known.request.number, context)) {
    const { number } = known.request;
    const deeds: Deed[] = [
      { kind: 'promise-call', number, due: callbackAt },
      { kind: 'add-information', number, text, by: null },
    ];
    return { ...left, deeds };
  }
  const described = { ...known, description: known.description ?? context.text('handoff.call-description') };
  const filed = filedAsIs(described, context.tools);
  const request = filed.case.request;
  const told = context.text('handoff.left-call-filed', { number: request?.number ?? '' });
  const notes = (left.notes ?? []).map((note) => ({ ...note, text: [note.text, told].join('\n\n') }));
  return { ...left, case: { ...known, request }, notes, deeds: filed.deeds };
}

/** One that ended meanwhile, e.g. was withdrawn in another chat, owes nothing any more: a call is then filed anew. */
function isOver(number: string, { world }: Context): boolean {
  const record = world.record(number, null);
  return record !== null && record.request.state !== 'open';
}

/** Who was to be called, and now isn't, is owed no call. */
function withoutCall(left: Reading): Reading {
  const { request, contact } = left.case;
  const isCalled = contact.method === 'phone';
  return request === null || isCalled
    ? left
    : { ...left, deeds: [{ kind: 'promise-call', number: request.number, due: null }] };
}

function noted(context: Context, contact: Contact, text: string): Reading {
  const data = { handoff: { state: 'waiting' } };
  const known = contact === context.case.contact ? context.case : { ...context.case, contact };
  return { case: known, understood: true, notes: [say(context, text, { step: 'handoff', data })] };
}

/** The way to be answered that the person leaves; null: what they wrote is for the agent, and no more than that. */
function leftIn(input: Input, context: Context): Contact | null {
  const { contact, facts } = context.case;
  const way =
    input.kind === 'submit'
      ? input.choice
      : readWholeChoice(input.text, ways(context), context.tools.phrases, 'handoff');
  if (way === 'email') return withEmail(contact, contact.email ?? facts?.email ?? undefined);
  if (way === 'phone') return withPhone(contact, contact.phone ?? facts?.phone ?? undefined);
  return input.kind === 'text' ? typed(input.text, context) : null;
}

/** Who is written to isn't called. */
function withEmail(contact: Contact, email: string | undefined): Contact {
  const { callbackAt: _, ...rest } = contact;
  return { ...rest, method: 'email', ...(email !== undefined && { email }) };
}
const withPhone = (contact: Contact, phone: string | undefined, callbackAt?: string): Contact => ({
  ...contact,
  method: 'phone',
  ...(phone !== undefined && { phone }),
  ...(callbackAt !== undefined && { callbackAt }),
});

/** Words beside an address or a number; with more than these it is a text that holds one. */
const FEW = 24;

/** An address or a number by itself, or said to be there to be answered at; a time alone belongs to the call that was chosen. */
function typed(text: string, context: Context): Contact | null {
  const { contact } = context.case;
  const said = reachedBy(text, context);
  const rest = withoutNumbers(text);
  const alone = widthOf(rest) <= FEW;
  const email = said.email ?? (alone ? readEmail(text) : null);
  if (email !== null) return withEmail(contact, email);
  const phone = said.phone ?? (alone ? (phoneOf(text, context) ?? phoneIn(text, context)) : null);
  const at = contact.method === 'phone' || phone !== null ? timeIn(rest, context) : null;
  if (phone !== null) return withPhone(contact, phone, open(at, context));
  return at !== null && widthOf(text) <= 2 * FEW ? withPhone(contact, contact.phone, open(at, context)) : null;
}

/** A call is promised only for when somebody can make it. */
const open = (at: string | null, { case: known, tools }: Context): string | undefined =>
  at === null ? undefined : (closedAt(at, known, tools) ?? at);

function whatIsLeft(contact: Contact, context: Context): string {
  const { method, email, phone, callbackAt } = contact;
  if (method === 'email')
    return email === undefined ? context.text('handoff.which-email') : context.text('handoff.left-email', { email });
  if (phone === undefined) return context.text('handoff.which-phone');
  return callbackAt === undefined
    ? context.text('handoff.left-phone', { phone })
    : context.text('handoff.left-call', { phone, time: toldTwice(context, callbackAt) });
}
