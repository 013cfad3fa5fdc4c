import type { Severity } from '#knowledge/schema.ts';
import { actionsOn } from '#src/requests/actions.ts';
import type { Action } from '#src/requests/actions.ts';
import type { Context, Input } from './question.ts';
import { say } from './question.ts';
import { MAX_TEXT, widthOf } from './questions/describe.ts';
import { submittedChoices } from './questions/outcome.ts';
import { talkReceipt } from './receipt.ts';
import { actOn, raiseTo, recordOf, withdrawn } from './request-acts.ts';
import type { Aside } from './request-acts.ts';
import { addedWords, choiceIn, NUMBER, wishIn } from './request-words.ts';
import type { Wish } from './request-words.ts';
import { asksForStatus, requestList } from './status.ts';
import { readChoice, readWholeChoice } from './words.ts';

/**
 * A person's own requests, at any step: shown, added to, raised, withdrawn, opened again, by card or in words. Null: the input is
 * about something else. The matter under discussion stays as it is.
 */
export function aboutRequests(input: Input, context: Context): Aside | null {
  const kept = receiptOfFiled(input, context);
  if (kept) return kept;
  if (input.kind === 'submit') {
    if (input.step !== 'status') return null;
    const chosen = choiceIn(input.choice);
    return chosen === null ? listed(context) : actOn(chosen, context);
  }
  const text = input.text.trim();
  const typed = choiceIn(text);
  return (
    (typed && actOn(typed, context)) ??
    wished(text, context) ??
    answered(text, context) ??
    named(text, context) ??
    addedToFiled(text, context)
  );
}

/** "Please add: …" under a request that was just filed names it well enough. */
function addedToFiled(text: string, context: Context): Aside | null {
  const { step, request } = context.case;
  if (step !== 'submitted' || request === null) return null;
  const words = addedWords(text, context.tools.phrases);
  return words === null
    ? null
    : (fits(words, context) ?? actOn({ verb: 'add', number: request.number, text: words }, context));
}

/** The receipt under a request that was just filed. */
function receiptOfFiled(input: Input, context: Context): Aside | null {
  const { step, request } = context.case;
  if (step !== 'submitted' || request === null) return null;
  const offered = submittedChoices(context);
  const id =
    input.kind === 'text'
      ? readWholeChoice(input.text, offered, context.tools.phrases)
      : input.step === step
        ? input.choice
        : null;
  return id === 'receipt' ? actOn({ verb: id, number: request.number }, context) : null;
}

const listed = (context: Context): Aside => ({
  case: { ...context.case, about: null },
  notes: [requestList(context)],
  deeds: [],
});

/** Leaves what was asked about a request, where something was; null: nothing was. */
export function leaveRequest(context: Context): Aside | null {
  const { about } = context.case;
  if (about === null || about.wants === null) return null;
  return { case: { ...context.case, about: null }, notes: [say(context, context.text('request.left'))], deeds: [] };
}

function wished(text: string, context: Context): Aside | null {
  const { about } = context.case;
  const isSpokenOf = about !== null || context.case.step === 'submitted';
  const wish = wishIn(text, context.tools.phrases, isSpokenOf) ?? wishedIdle(text, context);
  if (!wish) return null;
  const { action: verb, level } = wish;
  const number = wish.number ?? about?.number ?? null;
  if (number !== null) return actOn({ verb, number, level, text: about?.text ?? null }, context);
  return verb === 'show' ? null : withoutNumber(verb, level, context);
}

/** Where nothing is being written, "withdraw" or "取り下げたい" can only mean what was filed, if something was. */
function wishedIdle(text: string, context: Context): Wish | null {
  const { step, description } = context.case;
  if ((step !== 'welcome' && step !== 'describe') || description !== null) return null;
  const wish = wishIn(text, context.tools.phrases, true);
  if (wish === null || wish.action === 'show' || wish.action === 'add') return null;
  const { action } = wish;
  const at = { now: context.tools.now, reopenDays: context.tools.reopenDays };
  return context.world.requests().some((request) => actionsOn(request, 'own', at).includes(action)) ? wish : null;
}

/** No number was named: the only one that it can be, or a choice among them. */
function withoutNumber(action: Action, level: 'A' | 'B' | 'C' | null, context: Context): Aside | null {
  const { tools, world, case: known } = context;
  const at = { now: tools.now, reopenDays: tools.reopenDays };
  if (action === 'receipt' && known.request === null && known.ended !== null)
    return { case: known, notes: [talkReceipt(known.ended, context)], deeds: [] };
  const own = world.requests().filter((request) => actionsOn(request, 'own', at).includes(action));
  const here = own.find(({ number }) => number === known.request?.number);
  const [only, ...others] = here ? [here] : own;
  if (!only) {
    const none = context.text(`request.none.${action}`, { days: tools.reopenDays });
    return { case: known, notes: [say(context, none)], deeds: [] };
  }
  if (others.length === 0) return actOn({ verb: action, number: only.number, level }, context);
  const choices = own.slice(0, MOST_CHOICES).map(({ number }) => ({ id: `${action}:${number}`, label: number }));
  const which = say(context, context.text('request.which'), { step: 'status', apart: true, choices, card: {} });
  return { case: { ...known, about: null }, notes: [which], deeds: [] };
}

const MOST_CHOICES = 6;

/** What was asked about a request is answered: the words to add, the reason, yes or no. */
function answered(text: string, context: Context): Aside | null {
  const { about } = context.case;
  if (about === null || about.wants === null || asksForStatus(text, context)) return null;
  const { number } = about;
  const record = recordOf(number, context);
  if (record === null) return null;
  switch (about.wants) {
    case 'information':
      return fits(text, context) ?? actOn({ verb: 'add', number, text }, context);
    case 'reason':
      if (!record.own || about.level === null) return null;
      return fits(text, context) ?? says(text, about.level, context) ?? raiseTo(record, about.level, text, context);
    case 'confirmation':
      return confirmed(text, context, {
        yes: () => withdrawn(record, context),
        no: () => actOn({ verb: 'keep', number }, context),
      });
    case 'reopening':
      return confirmed(text, context, {
        yes: () => actOn({ verb: 'reopen', number, text: about.text }, context),
        no: () => actOn({ verb: 'keep', number }, context),
      });
  }
}

/** Too long for a request's history: said, and still wanted. */
function fits(text: string, context: Context): Aside | null {
  if (text.length <= MAX_TEXT) return null;
  return { case: context.case, notes: [say(context, context.text('describe.too-long', { max: MAX_TEXT }))], deeds: [] };
}

/** Less than this says nothing (a Chinese or Japanese character counts twice): "A", "yes", "はい". */
const LEAST_REASON = 6;

/** A level is raised for what stands still, not for its letter said again. */
function says(text: string, level: Severity, context: Context): Aside | null {
  if (widthOf(text.trim()) >= LEAST_REASON) return null;
  const key = level === 'A' ? 'impact.too-short' : 'request.reason-too-short';
  return { case: context.case, notes: [say(context, context.text(key))], deeds: [] };
}

/** Neither yes nor no belongs to the question that stands, or is a new matter. */
function confirmed(text: string, context: Context, then: { yes: () => Aside; no: () => Aside }): Aside | null {
  const yesNo = ['yes', 'no'].map((id) => ({ id, label: id }));
  const said = readChoice(text, yesNo, context.tools.phrases);
  return said === null ? null : said === 'yes' ? then.yes() : then.no();
}

/** A text that names one of the person's requests adds to it; another's number is only a word. */
function named(text: string, context: Context): Aside | null {
  const number = NUMBER.exec(text.normalize('NFKC'))?.[0].toUpperCase();
  if (number === undefined || recordOf(number, context) === null) return null;
  return fits(text, context) ?? actOn({ verb: 'add', number, text }, context);
}
