import type { Case } from './case.ts';
import { freshCase } from './case.ts';
import { obey } from './commands.ts';
import { next } from './next.ts';
import type { Context, Deed, Input, Reading, Tools, World } from './question.ts';
import { say } from './question.ts';
import type { Reply } from './reply.ts';
import { questionOf } from './questions/all.ts';
import { phoneLine } from './questions/phone-line.ts';
import { MIN_WIDTH, widthOf } from './questions/describe.ts';
import { settle } from './settle.ts';
import { readCommand } from './words.ts';
import { atTheDoor, welcome } from './welcome.ts';

/** What a turn leads to: what is said, what is known now, and what is done with the commit. */
export interface Outcome {
  case: Case;
  replies: Reply[];
  deeds: Deed[];
}

/**
 * One turn of the conversation: the case as known, what the person did (`null`: they arrived), and what may be used. Pure:
 * the same arguments give the same outcome, whatever the channel.
 */
export function converse(stored: Case, input: Input | null, tools: Tools, world: World): Outcome {
  const known = beginsCase(stored) ? { ...stored, facts: world.facts() } : stored;
  const context = contextOf(known, tools, world);
  const greeting = known.welcomed ? [] : [welcome(context)];
  const start = contextOf({ ...known, welcomed: true }, tools, world);
  if (input === null) return { case: start.case, replies: greeting, deeds: [] };
  const outcome = answerTo(input, start);
  return { ...outcome, replies: [...greeting, ...outcome.replies] };
}

/** At the start of a matter the directory is asked anew: a role that was granted meanwhile counts. */
function beginsCase(known: Case): boolean {
  return known.facts === null || (known.description === null && known.request === null);
}

export function contextOf(known: Case, tools: Tools, world: World): Context {
  return { case: known, tools, world, text: (key, values) => tools.phrases.text(known.language, key, values) };
}

const withCase = (context: Context, known: Case): Context => contextOf(known, context.tools, context.world);

function answerTo(input: Input, context: Context): Outcome {
  const command = input.kind === 'text' ? readCommand(input.text, context.tools.phrases) : null;
  const fromCard =
    input.kind === 'submit' && (input.choice === 'human' || input.choice === 'cancel') ? input.choice : null;
  const obeyed = command ?? fromCard;
  if (obeyed !== null && !(obeyed === 'human' && context.case.step === 'answer'))
    return follow(obey(obeyed, context), context);
  const atDoor = atTheDoor(input, context);
  if (atDoor) return follow(atDoor, context);
  if (input.kind === 'submit' && input.step !== context.case.step) return stale(input.submissionId, context);
  if (context.case.step === 'submitted') return afterSubmitting(input, context);
  return read(input, context);
}

function read(input: Input, context: Context): Outcome {
  const reading = questionOf(context.case.step).read(input, context);
  return reading.understood ? understood(reading, context) : missed(reading, context);
}

function understood(reading: Reading, context: Context): Outcome {
  const { step } = context.case;
  const answeredCase = { ...reading.case, misses: 0, trail: [...reading.case.trail, step] };
  if (step === 'handoff') return follow(reading, context);
  const after = closed(answeredCase, context);
  const closes = after !== answeredCase && (reading.notes?.length ?? 0) > 0;
  return follow({ ...reading, case: after, closes }, context);
}

/** The last word on a matter; whatever is written next begins a new one. */
function ending(reading: Reading, context: Context): Reply {
  const said = merged(reading.notes ?? []);
  return { ...(said[0] ?? say(context, context.text('describe.ask'))), step: 'describe' };
}

/** A matter that has come to its end leaves a fresh case behind: the next text begins a new one. */
function closed(known: Case, context: Context): Case {
  const before = context.case;
  const solved = known.answer?.outcome === 'yes' && before.answer?.outcome === null;
  const linked = known.incident?.outcome === 'me-too' && before.incident?.outcome === null;
  const same = known.similar?.outcome === 'same' && before.similar?.outcome === null;
  const left = before.step === 'route' && !known.openAnyway;
  return solved || linked || same || left ? freshCase(known) : known;
}

/** From twice not understood, a person is offered without being asked for. */
const PATIENCE = 2;

function missed(reading: Reading, context: Context): Outcome {
  const misses = context.case.misses + 1;
  const again = withCase(context, { ...reading.case, misses });
  const offer = misses >= PATIENCE ? [say(again, again.text('misread.offer-human'))] : [];
  return { case: again.case, replies: merged([...(reading.notes ?? []), ...offer, askShortly(again)]), deeds: [] };
}

/** What a reading or a command leads to: look up what can be known now, choose the next question, ask it. */
function follow(reading: Reading, context: Context): Outcome {
  const deeds = [...(reading.deeds ?? [])];
  const waits = deeds.some(({ kind }) => kind === 'wait-for-agent');
  const handed: Case = waits ? { ...reading.case, step: 'handoff' } : reading.case;
  if (handed.step === 'handoff' && !waits && (reading.notes?.length ?? 0) > 0) {
    return { case: handed, replies: [...(reading.notes ?? [])], deeds };
  }
  if (reading.closes) return { case: handed, replies: [ending(reading, context)], deeds };
  const settled = settle(withCase(context, handed));
  const asked = withCase(context, atStep(settled.case, context.tools));
  const told = [...(reading.notes ?? []), ...phoneForAnonymous(context, asked)];
  return { case: asked.case, replies: merged([...told, ask(asked)]), deeds: [...deeds, ...settled.deeds] };
}

/** The case at its next question. The review card gets its one-time id when it is shown, and keeps it while it stands. */
function atStep(known: Case, tools: Tools): Case {
  const step = next(known, tools);
  const submissionId = step === 'review' ? (known.submissionId ?? tools.mint.submissionId()) : null;
  return { ...known, step, submissionId };
}

/** After a misunderstanding the whole article or proposal is not said again: a few words and the same buttons. */
function askShortly(context: Context): Reply {
  const { short } = questionOf(context.case.step);
  return short ? { ...ask(context), text: short(context) } : ask(context);
}

function ask(context: Context): Reply {
  return questionOf(context.case.step).ask(context);
}

/** Who isn't signed in may be locked out: the number to call comes with the first answer, before any question. */
function phoneForAnonymous(before: Context, after: Context): Reply[] {
  const describedNow = before.case.description === null && after.case.description !== null;
  const knowsWhoCalls = after.case.facts?.signedIn === true;
  const toldAnyway = after.case.step === 'route' || after.case.step === 'handoff';
  return describedNow && !knowsWhoCalls && !toldAnyway ? [say(after, phoneLine(after))] : [];
}

/** A card of an earlier step changes nothing: where the conversation stands now is said again. */
function stale(submissionId: string | null, context: Context): Outcome {
  const filed = context.case.request;
  const sent = filed !== null && submissionId === filed.submissionId;
  const note = sent ? context.text('submitted.already', { number: filed.number }) : context.text('stale');
  return { case: context.case, replies: merged([say(context, note), ask(context)]), deeds: [] };
}

/** After a request: its number adds to it, a short word shows it again, anything longer is a new matter. */
function afterSubmitting(input: Input, context: Context): Outcome {
  const text = input.kind === 'text' ? input.text.trim() : '';
  const { request } = context.case;
  if (request && text.includes(request.number) && text.length > request.number.length + 2) {
    const note = say(context, context.text('similar.added', { number: request.number }), {
      step: 'submitted',
      data: { request },
    });
    return { case: context.case, replies: [note], deeds: [{ kind: 'add-information', number: request.number, text }] };
  }
  if (request && widthOf(text) < MIN_WIDTH) {
    const note = context.text('submitted.short', { number: request.number });
    return { case: context.case, replies: [say(context, note, { step: 'submitted', data: { request } })], deeds: [] };
  }
  return read(input, withCase(context, freshCase(context.case)));
}

/** Sentences before a question are said in one breath with it: one message in the chat, not three. */
function merged(replies: readonly Reply[]): Reply[] {
  const last = replies.at(-1);
  if (!last) return [];
  const before = replies.slice(0, -1);
  if (before.length === 0) return [last];
  const card = before.find((reply) => reply.card?.tone)?.card;
  const text = [...before.map((reply) => reply.text), last.text].filter((words) => words !== '').join('\n\n');
  const format = [...before, last].some((reply) => reply.format === 'markdown') ? 'markdown' : 'plain';
  return [{ ...last, text, format, ...(card && last.card && { card: { tone: card.tone, ...last.card } }) }];
}
