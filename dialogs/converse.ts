import type { Case } from './case.ts';
import { aside } from './aside.ts';
import { freshCase } from './case.ts';
import { obey } from './commands.ts';
import { moreThanAnswer } from './more.ts';
import { aboutRequests, leaveRequest } from './my-requests.ts';
import { actOn } from './request-acts.ts';
import { merged } from './merged.ts';
import type { Context, Input, Reading, Tools, World } from './question.ts';
import { say } from './question.ts';
import type { Step } from './reply.ts';
import { questionOf } from './questions/all.ts';
import { MIN_WIDTH, widthOf } from './questions/describe.ts';
import { wantsPerson } from './wants-person.ts';
import { signedInNote } from './sign-in.ts';
import { isThanks, readCommand } from './words.ts';
import type { Command } from './words.ts';
import { atTheDoor, welcome } from './welcome.ts';
import { contextOf, withCase } from './context.ts';
import { ask, atStep, follow, missed, told } from './outcome.ts';
import type { Outcome } from './outcome.ts';

/**
 * One turn of the conversation: the case as known, what the person did (`null`: they arrived), and what may be used. Pure:
 * the same arguments give the same outcome, whatever the channel.
 */
export function converse(stored: Case, input: Input | null, tools: Tools, world: World): Outcome {
  const known = inOwnZone(withFacts(stored, tools, world));
  const context = contextOf(known, tools, world);
  const start = contextOf({ ...known, welcomed: true }, tools, world);
  if (input === null) return { case: start.case, replies: known.welcomed ? [] : [welcome(context)], deeds: [] };
  const outcome = answerTo(input, start);
  if (known.welcomed) return outcome;
  // Who writes first is greeted in the language they wrote in, whatever their client is set to.
  const greeting = welcome(withCase(context, { ...known, language: outcome.case.language }));
  return { ...outcome, replies: [greeting, ...outcome.replies] };
}

/** The person has signed in: what the directory says now counts, and the question may have its answer. */
export function signedIn(stored: Case, tools: Tools, world: World): Outcome {
  const known = inOwnZone({ ...stored, facts: world.facts(), factsAt: tools.now });
  const context = contextOf({ ...known, welcomed: true }, tools, world);
  const notes = [signedInNote(context)];
  // Nothing is asked of who waits for an agent, or is done.
  const isOpen = known.description !== null && known.request === null && known.step !== 'handoff';
  return isOpen ? follow({ case: context.case, understood: true, notes }, context) : told({ notes }, context);
}

/** The person's clock, where the channel names none. */
function inOwnZone(known: Case): Case {
  const zone = known.timeZone ?? known.facts?.timeZone ?? null;
  return zone === known.timeZone ? known : { ...known, timeZone: zone };
}

/** Longer than anybody takes for one matter: who comes back after it may have another role by now. */
const FACTS_MS = 60 * 60_000;

/**
 * At the start of a matter the directory is asked anew: a role that was granted meanwhile counts. So it is where the matter
 * was left lying; an answer to a question that no longer comes then is one to a card of before.
 */
function withFacts(known: Case, tools: Tools, world: World): Case {
  const begins = known.facts === null || (known.description === null && known.request === null);
  if (begins) return { ...known, facts: world.facts(), factsAt: tools.now };
  if (known.step === 'handoff' || known.request !== null || tools.now - known.factsAt < FACTS_MS) return known;
  return atStep({ ...known, facts: world.facts(), factsAt: tools.now }, tools);
}

function answerTo(input: Input, context: Context): Outcome {
  const { step } = context.case;
  const obeyed = input.kind === 'text' ? commandIn(input.text, context) : commandOf(input, step);
  // An article that ends with a call for a person did not help: its question keeps count of that.
  if (obeyed === 'human' && step === 'answer') return read({ ...HUMAN, step }, context);
  // Asked how it was, "never mind" discards nothing.
  if (obeyed === 'cancel' && step === 'rating') return afterTalk(SKIP, context);
  const left = obeyed === 'back' || obeyed === 'cancel' ? leaveRequest(context) : null;
  if (left) return told(left, withCase(context, left.case));
  // What was just filed can't be discarded any more, but withdrawn.
  const { request } = context.case;
  const filed = obeyed === 'cancel' && step === 'submitted' && request !== null;
  const withdrawal = filed ? actOn({ verb: 'withdraw', number: request.number }, context) : null;
  if (withdrawal) return told(withdrawal, withCase(context, withdrawal.case));
  if (obeyed !== null) return follow(obey(obeyed, context), context);
  const requests = aboutRequests(input, context);
  if (requests) return told(requests, withCase(context, requests.case));
  return onMatter(input, withCase(context, withoutAside(context.case)));
}

/** Whoever goes on with their matter has left what was asked about a request. */
const withoutAside = (known: Case): Case => (known.about === null ? known : { ...known, about: null });

function onMatter(input: Input, context: Context): Outcome {
  const { step } = context.case;
  const asked = step === 'handoff' ? null : aside(input, context);
  if (asked) return told({ notes: [asked] }, context);
  const atDoor = atTheDoor(input, context);
  if (atDoor) return follow(atDoor, context);
  if (input.kind === 'submit' && input.step !== step) return stale(input.submissionId, context);
  if (step === 'submitted') return afterSubmitting(input, context);
  return step === 'rating' ? afterTalk(input, context) : read(input, context);
}

const SKIP = { kind: 'text', text: 'skip' } as const;

const HUMAN = { kind: 'submit', choice: 'human', fields: {}, submissionId: null } as const;

/**
 * A command's own words; or a sentence of one's own that asks for a person. Where nobody can sign in, nobody signs out: it may
 * be what is wrong.
 */
function commandIn(text: string, { tools: { phrases }, world }: Context): Command | null {
  const command = readCommand(text, phrases);
  if (command === 'sign-out' && !world.signIn) return null;
  return command ?? (wantsPerson(text, phrases) ? 'human' : null);
}

/** A person can be asked for from any card, however old; what discards is obeyed only on the card that is shown now. */
function commandOf({ choice, step }: Extract<Input, { kind: 'submit' }>, current: Step): 'human' | 'cancel' | null {
  if (choice === 'human') return 'human';
  return choice === 'cancel' && step === current ? 'cancel' : null;
}

function read(input: Input, context: Context): Outcome {
  const first = questionOf(context.case.step).read(input, context);
  const reading = (input.kind === 'text' && moreThanAnswer(input.text, first, context)) || first;
  return reading.understood ? understood(reading, context) : missed(reading, context);
}

function understood(reading: Reading, context: Context): Outcome {
  const { step } = context.case;
  const isEdit = step === 'review';
  const isAnswered = !isEdit && reading.case !== context.case;
  const trail = !isAnswered ? reading.case.trail : [...withoutAnswered(reading.case.trail, step), step];
  const answeredCase = { ...reading.case, misses: 0, trail, editing: isEdit ? reading.case.editing : null };
  if (step === 'handoff') return follow(reading, context);
  const after = reading.closes ? freshCase(answeredCase) : closed(answeredCase, context);
  const closes = after !== answeredCase && (reading.notes?.length ?? 0) > 0;
  return follow({ ...reading, case: after, closes }, context);
}

/** Each question stands once in the trail, where it was answered last; the purchase is asked twice, for two facts. */
function withoutAnswered(trail: readonly Step[], step: Step): Step[] {
  return trail.filter((one, at) => one !== step || (step === 'purchase' && at === trail.indexOf(step)));
}

/** A matter that has come to its end leaves a fresh case behind: the next text begins a new one. */
function closed(known: Case, context: Context): Case {
  const before = context.case;
  const solved = known.answer?.outcome === 'yes' && before.answer?.outcome === null;
  const linked = known.incident?.outcome === 'me-too' && before.incident?.outcome === null;
  const same = known.similar?.outcome === 'same' && before.similar?.outcome === null;
  return solved || linked || same ? freshCase(known) : known;
}

/** A card of an earlier step changes nothing: where the conversation stands now is said again. */
function stale(submissionId: string | null, context: Context): Outcome {
  const filed = context.case.request;
  const sent = filed !== null && submissionId === filed.submissionId;
  const note = sent ? context.text('submitted.already', { number: filed.number }) : context.text('stale');
  const asked = ask(context);
  const current = { ...asked, data: { ...asked.data, stale: true } };
  return { case: context.case, replies: merged([say(context, note), current]), deeds: [] };
}

/** After a request: a short or kind word changes nothing, anything longer is a new matter. */
function afterSubmitting(input: Input, context: Context): Outcome {
  const text = input.kind === 'text' ? input.text.trim() : '';
  const { request, language } = context.case;
  const number = request?.number ?? '';
  const thanked = isThanks(text, context.tools.phrases);
  const isChat = widthOf(text) < MIN_WIDTH || context.tools.triage(text, language).category === 'chitchat';
  const short = context.text('submitted.short', { number });
  if (thanked || isChat) return told({ notes: [say(context, thanked ? context.text('thanks') : short)] }, context);
  const facts = { facts: context.world.facts(), factsAt: context.tools.now };
  const anew = withCase(context, { ...freshCase(context.case), ...facts });
  const reading = questionOf('describe').read(input, anew);
  if (reading.understood) return understood(reading, anew);
  return told({ notes: [...(reading.notes ?? []), say(context, short)] }, context);
}

/** After a talk with an agent: what it was like, or the next matter, whose description then counts as answered. */
function afterTalk(input: Input, context: Context): Outcome {
  const reading = questionOf('rating').read(input, context);
  if (!reading.understood) return missed(reading, context);
  if (reading.case.description === null) return follow({ ...reading, case: { ...reading.case, misses: 0 } }, context);
  return understood(reading, withCase(context, { ...context.case, step: 'describe' }));
}
