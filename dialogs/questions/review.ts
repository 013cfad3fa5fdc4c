import type { Decision } from '#src/policy/decide.ts';
import { contactSchema } from '#src/requests/request.ts';
import type { Draft } from '#src/requests/request.ts';
import { freshCase } from '../case.ts';
import type { Case } from '../case.ts';
import { changedContact } from '../change-contact.ts';
import { decisionOf, offeringOf, unverifiedOf, wantedSeverity } from '../entitlement.ts';
import { promise, toldTwice } from '../promise.ts';
import { choices, misread, say } from '../question.ts';
import { isUnregistered } from '../unregistered.ts';
import type { Context, Input, Question, Reading, Tools } from '../question.ts';
import type { Choice, Fact } from '../reply.ts';
import { holdsBack, isQuestion, isWholeWord, readChoice, readWholeChoice } from '../words.ts';
import { chosen } from './choose.ts';

/** Everything at a glance before it is filed; each part can be changed; nothing is filed that was not shown here. */

const CHOICES = ['submit', 'edit-description', 'edit-severity', 'edit-contact', 'cancel'] as const;

function contactLine(context: Context): string {
  const { contact } = context.case;
  const parts = [contact.method ? context.text(`contact-method.${contact.method}`) : '', contact.phone, contact.email];
  const callback = contact.callbackAt
    ? context.text('review.callback', { time: toldTwice(context, contact.callbackAt) })
    : '';
  return [...parts, callback, contact.secondContact].filter(Boolean).join(' · ');
}

/** The promised time alone: its label stands beside it. */
function respondByLine(context: Context, decision: Decision): string {
  return decision.respondBy === null || decision.provisional
    ? promise(context, decision)
    : toldTwice(context, decision.respondBy);
}

/** The customer by name and, where a directory lists it, by its id: the reference of an escalation. */
function customerLine({ stated: { customer } }: Case): string | undefined {
  return customer && [customer.name, customer.id === '' ? '' : `(${customer.id})`].join(' ').trim();
}

/** What nothing could verify, named: the agent checks just that. */
function unverifiedLine(context: Context): string | null {
  const names = unverifiedOf(context.case, context.tools).map((one) => context.text(`unverified.${one}`));
  return names.length === 0
    ? null
    : context.text('review.unverified', { facts: names.join(context.text('list.join')) });
}

function facts(context: Context): Fact[] {
  const known = context.case;
  const decision = decisionOf(known, context.tools);
  const fact = (id: string, value: string | null | undefined): Fact[] =>
    value ? [{ label: context.text(`review.${id}`), value }] : [];
  return [
    ...fact('offering', context.text(`offering.${offeringOf(known) ?? 'worldwide'}`)),
    ...fact('customer', customerLine(known)),
    ...fact('reference', known.stated.reference),
    ...fact('description', known.description),
    ...fact('severity', context.text(`severity.${decision.severity || 'C'}`)),
    ...fact('impact', known.impact),
    ...fact('contact', contactLine(context)),
    ...fact('code', isUnregistered(known, context.tools) ? context.text('code.expected') : null),
    ...fact('promise', respondByLine(context, decision)),
    ...fact('incident', known.incident?.outcome === 'me-too' ? known.incident.id : null),
    ...fact('entitlement', unverifiedLine(context)),
  ];
}

export const review: Question = {
  step: 'review',
  short: (context) => context.text('review.ask'),
  ask(context) {
    const offered = choices(context, 'review', CHOICES).map((choice) => {
      if (choice.id === 'submit') return { ...choice, style: 'primary' as const };
      return choice.id === 'cancel' ? { ...choice, style: 'destructive' as const } : choice;
    });
    const lines = facts(context).map(({ label, value }) => `${label}: ${value}`);
    const known = context.case;
    return say(context, context.text('review.ask'), {
      step: 'review',
      choices: offered,
      card: { title: context.text('review.title'), facts: facts(context) },
      data: { summary: lines, severity: decisionOf(known, context.tools).severity },
      ...(known.submissionId && { token: { submissionId: known.submissionId } }),
    });
  },
  read(input: Input, context: Context): Reading {
    const known = context.case;
    const offered = choices(context, 'review', CHOICES);
    const id = input.kind === 'text' ? saidOf(input.text, offered, context) : chosen(input, offered, context);
    const changed = input.kind === 'text' ? contactChange(input.text, id, context) : null;
    if (changed) return changed;
    switch (id) {
      case 'submit':
        return submit(input, context);
      case 'edit-description':
        return { case: { ...known, editing: 'describe' }, understood: true };
      case 'edit-severity':
        return { case: { ...known, editing: 'severity' }, understood: true };
      case 'edit-contact':
        return { case: { ...known, editing: 'contact' }, understood: true };
      case 'cancel':
        return { case: freshCase(known), understood: true, notes: [say(context, context.text('cancelled'))] };
      default:
        return misread(context, context.text('misread.choice'));
    }
  },
  forget: (known) => known,
};

/** What was chosen in words; a yes that is asked about, or held back, files nothing. "可以" agrees only by itself. */
function saidOf(text: string, offered: readonly Choice[], context: Context): string | null {
  const { phrases } = context.tools;
  const agreed = isWholeWord(text, 'words.review.agree', phrases) ? 'submit' : null;
  const whole = readWholeChoice(text, offered, phrases, 'review') ?? agreed;
  const id = whole ?? readChoice(text, offered, phrases, 'review');
  const isOpen = isQuestion(text) || (whole === null && holdsBack(text, phrases));
  return id === 'submit' && isOpen ? null : id;
}

/** The contact changed in words, and what it is now; null where the text is one of the card's choices, or names no contact. */
function contactChange(text: string, id: string | null, context: Context): Reading | null {
  if (readWholeChoice(text, choices(context, 'review', CHOICES), context.tools.phrases, 'review') !== null) return null;
  const changed = changedContact(text, id, context);
  if (!changed?.understood) return changed;
  const contact = contactLine({ ...context, case: changed.case });
  return { ...changed, notes: [say(context, context.text('review.contact-changed', { contact }))] };
}

/** The card's one-time id is the request's key: another id is another card, and is never filed. */
function submit(input: Input, context: Context): Reading {
  const { submissionId } = context.case;
  if (submissionId === null) return misread(context);
  if (input.kind === 'submit' && input.submissionId !== submissionId)
    return misread(context, context.text('review.changed'));
  const number = context.tools.mint.requestNumber();
  const decision = decisionOf(context.case, context.tools);
  const severity = decision.severity || 'C';
  const request = {
    number,
    severity,
    respondBy: decision.respondBy,
    provisional: decision.provisional,
    route: routeOfRequest(context.case, context.tools),
    submissionId,
  };
  const known: Case = { ...context.case, request };
  return { case: known, understood: true, deeds: [{ kind: 'file', case: known, number, submissionId }] };
}

/** How the request came about: opened although a partner is the first contact, the desk sees that. */
export function routeOfRequest(known: Case, tools: Tools): string {
  return known.openAnyway ? 'partner-first' : decisionOf(known, tools).route;
}

function customerOf({ id, name }: { id: string; name: string }, reference: string | undefined): Draft['customer'] {
  return { id, name, ...(reference !== undefined && { reference }) };
}

/** The draft of what the person reviewed. */
export function draftOf(known: Case, tools: Tools): Draft {
  const decision = decisionOf(known, tools);
  const { shown: _, ...contact } = known.contact;
  const { triage, stated } = known;
  const unverified = unverifiedOf(known, tools);
  return {
    offering: offeringOf(known) ?? 'worldwide',
    route: routeOfRequest(known, tools),
    category: triage?.category ?? 'technical',
    product: triage?.product ?? 'other',
    description: known.description ?? '',
    severity: decision.severity || 'C',
    proposedSeverity: wantedSeverity(known),
    evidence: triage?.evidence ?? [],
    ...(known.impact !== null && { impact: known.impact }),
    contact: contactSchema.parse({
      ...contact,
      name: known.facts?.name ?? undefined,
      language: known.language,
      timeZone: known.timeZone ?? undefined,
    }),
    entitlement: unverified.length === 0 ? 'directory' : 'stated',
    ...(unverified.length > 0 && { unverified }),
    purchase:
      known.facts?.purchase === 'unknown' ? (known.stated.purchase ?? 'unknown') : (known.facts?.purchase ?? 'unknown'),
    ...(stated.customer && { customer: customerOf(stated.customer, stated.reference) }),
    ...(known.incident?.outcome === 'me-too' && { incident: known.incident.id }),
    language: known.language,
  };
}
