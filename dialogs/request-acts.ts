import { agreementName } from './entitlement.ts';
import type { Severity } from '#knowledge/schema.ts';
import { ACTIONS } from '#src/requests/actions.ts';
import type { Action } from '#src/requests/actions.ts';
import { freshCase } from './case.ts';
import type { About, Case } from './case.ts';
import { historyLines } from './history.ts';
import { promise } from './promise.ts';
import type { Context, Deed, RequestRecord } from './question.ts';
import { say } from './question.ts';
import { decisionFor, isHigher, raised } from './raise.ts';
import { receiptOf } from './receipt.ts';
import type { Choice, Reply } from './reply.ts';
import { aboutRequest, actionsFor, choiceFor, requestCard } from './request-reply.ts';
import { seesColleagues } from './settle.ts';

/** What is said and done aside from the matter: the question that stands is asked again after it. */
export interface Aside {
  case: Case;
  notes: Reply[];
  deeds: Deed[];
}

type Own = Extract<RequestRecord, { own: true }>;

/** `level`: what a raise names; `text`: what comes along, to be added or as the reason. */
export interface Wanted {
  verb: string;
  number: string;
  level?: Severity | null;
  text?: string | null;
}

const aside = (context: Context, about: About | null, note: Reply, deeds: Deed[] = []): Aside => ({
  case: { ...context.case, about },
  notes: [note],
  deeds,
});

export const spokenOf = (number: string): About => ({ number, wants: null, level: null, text: null });

/** The request, as it stands and as far as this person may know of it. */
export function recordOf(number: string, context: Context): RequestRecord | null {
  return context.world.record(number, seesColleagues(context.case));
}

const isAction = (verb: string): verb is Action => ACTIONS.some((action) => action === verb);

/** Does what a card or a sentence asks for, as far as the request's state and the person's standing allow. */
export function actOn(wanted: Wanted, context: Context): Aside {
  const { verb, number } = wanted;
  const record = recordOf(number, context);
  if (record === null) return aside(context, null, say(context, context.text('request.unknown', { number })));
  if (verb === 'withdraw-yes') return withdrawn(record, context);
  if (verb === 'keep') return aside(context, spokenOf(number), told(context.text('request.kept'), record, context));
  const level = /^raise-([ab])$/.exec(verb)?.[1];
  const action = level === undefined ? verb : 'raise';
  if (!isAction(action)) return aside(context, spokenOf(number), requestCard(record, context));
  if (!actionsFor(record, context).includes(action)) return refused(action, record, wanted, context);
  if (!record.own) return add(record, wanted, context);
  const named = level === undefined ? wanted.level : level === 'a' ? 'A' : 'B';
  return actOnOwn(action, record, { ...wanted, level: named ?? null }, context);
}

function actOnOwn(action: Action, record: Own, wanted: Wanted, context: Context): Aside {
  const { number } = record.request;
  switch (action) {
    case 'add':
      return add(record, wanted, context);
    case 'raise':
      return raise(record, wanted, context);
    case 'withdraw': {
      const choices = [choiceFor('withdraw-yes', number, context, 'destructive'), choiceFor('keep', number, context)];
      const text = context.text('request.withdraw-ask', { number });
      return aside(
        context,
        { ...spokenOf(number), wants: 'confirmation' },
        aboutRequest(text, record, choices, context),
      );
    }
    case 'reopen':
      return reopen(record, wanted.text ?? null, context);
    case 'history': {
      const lines = [context.text('history.title', { number }), ...historyLines(record, context)];
      return aside(context, spokenOf(number), told(lines.join('\n\n'), record, context));
    }
    case 'receipt':
      return aside(context, spokenOf(number), receiptOf(record, context));
  }
}

/** Said about a request, with what may be done about it under it. */
function told(text: string, record: RequestRecord, context: Context): Reply {
  const { number } = record.request;
  return aboutRequest(text, record, buttons(actionsFor(record, context), number, context), context);
}

const buttons = (actions: readonly Action[], number: string, context: Context): Choice[] =>
  actions.map((action) => choiceFor(action, number, context));

function add(record: RequestRecord, { text }: Wanted, context: Context): Aside {
  const { number } = record.request;
  if (!text) {
    const asked = aboutRequest(context.text('request.add-ask', { number }), record, [], context);
    return aside(context, { ...spokenOf(number), wants: 'information' }, asked);
  }
  const by = record.own ? null : (context.case.facts?.name ?? '');
  const note = say(context, context.text('similar.added', { number }));
  return aside(context, spokenOf(number), note, [{ kind: 'add-information', number, text, by }]);
}

/** Two levels up leaves a choice; one is what is meant. */
function raise(record: Own, { level, text }: Wanted, context: Context): Aside {
  const { number, severity } = record.request;
  const wanted = level ?? (severity === 'B' ? 'A' : null);
  if (wanted === null || !isHigher(wanted, severity)) {
    const choices = (['raise-b', 'raise-a'] as const).slice(severity === 'C' ? 0 : 1);
    const asked = context.text('request.raise-which', { number, level: severity });
    const offered = choices.map((verb) => choiceFor(verb, number, context));
    return aside(context, spokenOf(number), aboutRequest(asked, record, offered, context));
  }
  if (text) return raiseTo(record, wanted, text, context);
  const key = wanted === 'A' ? 'request.raise-ask-impact' : 'request.raise-ask';
  const asked = aboutRequest(context.text(key, { number, level: wanted }), record, [], context);
  return aside(context, { ...spokenOf(number), wants: 'reason', level: wanted }, asked);
}

export function raiseTo(record: Own, wanted: Severity, reason: string, context: Context): Aside {
  const { request } = record;
  const { number } = request;
  const outcome = raised(request, wanted, reason, context);
  const { granted, respondBy, short } = outcome;
  const now = granted ?? request.severity;
  const agreement = agreementName(context.case, context.tools, request.offering);
  const lines = [
    ...(granted === null ? [] : [context.text('request.raised', { number, level: granted })]),
    ...(granted === null ? [] : [promise(context, { respondBy, provisional: false }, request.offering)]),
    ...(short === null ? [] : [context.text(`request.short.${short}`, { wanted, granted: now, agreement })]),
    ...(short === null ? [] : [context.text('request.wished', { number, level: wanted })]),
  ];
  const after: Own = { ...record, request: { ...request, severity: now, respondBy } };
  return aside(context, spokenOf(number), told(lines.join('\n\n'), after, context), outcome.deeds);
}

/** Asked once for confirmation, and only the answer to that question counts: an old card asks anew. */
export function withdrawn(record: RequestRecord, context: Context): Aside {
  const { number } = record.request;
  if (!actionsFor(record, context).includes('withdraw'))
    return refused('withdraw', record, { verb: 'withdraw', number }, context);
  const { about } = context.case;
  if (about?.number !== number || about.wants !== 'confirmation') return actOn({ verb: 'withdraw', number }, context);
  const text = context.text('request.withdrawn', { number, days: context.tools.reopenDays });
  const data = {};
  // It was the matter of this conversation: whatever comes next is another one.
  const known = context.case.request?.number === number ? freshCase(context.case) : context.case;
  const note = aboutRequest(text, record, buttons(['history', 'receipt'], number, context), context);
  return {
    case: { ...known, about: spokenOf(number) },
    notes: [{ ...note, data: { about: { number, state: 'withdrawn', severity: record.request.severity } } }],
    deeds: [{ kind: 'change-request', number, event: 'withdrawn', data }],
  };
}

/** Into the queue again, with a new time: whoever had it may have gone home. */
function reopen(record: Own, text: string | null, context: Context): Aside {
  const { request } = record;
  const { number, offering } = request;
  const { respondBy, provisional } = decisionFor(request, request.severity, context);
  const lines = [
    context.text('request.reopened', { number }),
    promise(context, { respondBy, provisional }, offering),
    ...(text === null ? [context.text('request.reopened-add', { number })] : []),
  ];
  const after: Own = { ...record, request: { ...request, state: 'open', respondBy } };
  const reopened: Deed = { kind: 'change-request', number, event: 'reopened', data: { respondBy } };
  const added: Deed[] = text === null ? [] : [{ kind: 'add-information', number, text, by: null }];
  return aside(context, spokenOf(number), told(lines.join('\n\n'), after, context), [reopened, ...added]);
}

/** Why not, and what can be done instead. */
function refused(
  action: Action,
  record: RequestRecord,
  { text }: Pick<Wanted, 'text'> & Wanted,
  context: Context,
): Aside {
  const { number, state } = record.request;
  const reason = !record.own && action !== 'add' ? 'not-yours' : whyNot(action, record, context);
  const days = context.tools.reopenDays;
  const said = context.text(`request.${reason}`, { number, state: context.text(`status.${state}`), days });
  const about: About =
    action === 'add' && text && reason === 'closed-add'
      ? { ...spokenOf(number), wants: 'reopening', text }
      : spokenOf(number);
  return aside(context, about, told(said, record, context));
}

function whyNot(action: Action, record: RequestRecord, context: Context): string {
  const isOpen = record.request.state === 'open';
  const canReopen = actionsFor(record, context).includes('reopen');
  switch (action) {
    case 'add':
      return canReopen ? 'closed-add' : 'closed-long';
    case 'raise':
      return isOpen ? 'top' : 'not-open';
    case 'reopen':
      return isOpen ? 'is-open' : 'closed-long';
    case 'withdraw':
    case 'history':
    case 'receipt':
      return 'not-open';
  }
}
