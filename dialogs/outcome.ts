import type { Case } from './case.ts';
import { merged } from './merged.ts';
import { next } from './next.ts';
import type { Context, Deed, Reading, Tools } from './question.ts';
import { say } from './question.ts';
import type { Reply } from './reply.ts';
import { questionOf } from './questions/all.ts';
import { phoneLine } from './questions/phone-line.ts';
import { settle } from './settle.ts';
import { offered, signInBeside } from './sign-in.ts';
import { withCase } from './context.ts';

/** What a turn leads to: what is said, what is known now, and what is done with the commit. */
export interface Outcome {
  case: Case;
  replies: Reply[];
  deeds: Deed[];
}

/** The last word on a matter; whatever is written next begins a new one. */
function ending(reading: Reading, context: Context): Reply {
  const said = merged(reading.notes ?? []);
  return { ...(said[0] ?? say(context, context.text('describe.ask'))), step: 'describe' };
}

/** From twice not understood, a person is offered without being asked for. */
const PATIENCE = 2;

export function missed(reading: Reading, context: Context): Outcome {
  const misses = context.case.misses + 1;
  const again = withCase(context, { ...reading.case, misses });
  const offer = misses >= PATIENCE ? [say(again, again.text('misread.offer-human'))] : [];
  return { case: again.case, replies: merged([...(reading.notes ?? []), ...offer, askShortly(again)]), deeds: [] };
}

/** What a reading or a command leads to: look up what can be known now, choose the next question, ask it. */
export function follow(reading: Reading, context: Context): Outcome {
  const deeds = [...(reading.deeds ?? [])];
  const waits = deeds.some(({ kind }) => kind === 'wait-for-agent');
  const handed: Case = waits ? { ...reading.case, step: 'handoff' } : reading.case;
  if (handed.step === 'handoff' && !waits && (reading.notes?.length ?? 0) > 0) {
    return { case: handed, replies: [...(reading.notes ?? [])], deeds };
  }
  if (reading.closes) return { case: handed, replies: [ending(reading, context)], deeds };
  const settled = settle(withCase(context, handed));
  const asked = withCase(context, atStep(settled.case, context.tools));
  const signIn = signInBeside(asked);
  const notes = [...(reading.notes ?? []), ...phoneForAnonymous(context, asked), ...(signIn ? [signIn] : [])];
  const known = signIn ? offered(asked.case, context.tools.now) : asked.case;
  return { case: known, replies: merged([...notes, ask(asked)]), deeds: [...deeds, ...settled.deeds] };
}

/** The case at its next question. The review card gets its one-time id when it is shown, and keeps it while it stands. */
export function atStep(known: Case, tools: Tools): Case {
  const step = next(known, tools);
  const submissionId = step === 'review' ? (known.submissionId ?? tools.mint.submissionId()) : null;
  return { ...known, step, submissionId };
}

/** After a misunderstanding the whole article or proposal is not said again: a few words and the same buttons. */
function askShortly(context: Context): Reply {
  const { short } = questionOf(context.case.step);
  return short ? { ...ask(context), text: short(context) } : ask(context);
}

export function ask(context: Context): Reply {
  return questionOf(context.case.step).ask(context);
}

/** Who isn't signed in may be locked out: the number to call comes with the first answer, before any question. */
function phoneForAnonymous(before: Context, after: Context): Reply[] {
  const describedNow = before.case.description === null && after.case.description !== null;
  const knowsWhoCalls = after.case.facts?.signedIn === true;
  const toldAnyway = after.case.step === 'route' || after.case.step === 'handoff';
  return describedNow && !knowsWhoCalls && !toldAnyway ? [say(after, phoneLine(after))] : [];
}

/** Something is said in between; where the conversation stands doesn't change. */
export function told({ notes = [], deeds = [] }: Pick<Reading, 'notes' | 'deeds'>, context: Context): Outcome {
  const { step, request, description } = context.case;
  const isOpen = step === 'rating' || (step !== 'submitted' && description !== null);
  const standing = { step, ...(step === 'submitted' && { data: { request } }) };
  const replies = isOpen ? [...notes, askAfter(notes, context)] : notes.map((note) => ({ ...standing, ...note }));
  return { case: context.case, replies: merged(replies), deeds: [...deeds] };
}

/** The question after what was said in between: a few words; where those are none and nothing is said in the same breath, all of it. */
function askAfter(notes: readonly Reply[], context: Context): Reply {
  const short = askShortly(context);
  return short.text === '' && notes.every((note) => note.apart === true) ? ask(context) : short;
}
