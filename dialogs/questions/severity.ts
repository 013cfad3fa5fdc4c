import { severitySchema } from '#knowledge/schema.ts';
import type { Severity } from '#knowledge/schema.ts';
import { agreementName, decisionOf, promisesLevels, wantedSeverity } from '../entitlement.ts';
import { promise } from '../promise.ts';
import { misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import type { Choice } from '../reply.ts';
import { quotes } from '../quotes.ts';
import { isWholeWord, readChoice } from '../words.ts';
import { widthOf } from './describe.ts';
import { phoneLine } from './phone-line.ts';

/** How bad it is: proposed from the person's own words, said why and what would change it; the person may differ. */

/** Why this level; where the words leave it open, only what it rests on. */
function why(context: Context, wanted: Severity): string {
  const quote = quotes(context);
  if (doubtOf(context) !== null) return quote === '' ? '' : context.text('severity.unsure', { quote });
  return quote === '' ? context.text(`triage.why.unquoted.${wanted}`) : context.text(`triage.why.${wanted}`, { quote });
}

/** A level that is not granted, with the rule that caps it. */
function capped(context: Context, wanted: Severity): string | null {
  const decision = decisionOf(context.case, context.tools, wanted);
  if (decision.severity === wanted || decision.cap === undefined) return null;
  return context.text(`policy.${decision.capReason ?? 'capped-technical-only'}`, {
    wanted,
    granted: decision.severity,
    agreement: agreementName(context.case, context.tools),
  });
}

/** What the words leave open, asked back once: the levels are then offered by what they mean. */
function doubtOf({ case: { triage, clarified, refused, severity: chosen } }: Context): 'breadth' | 'workaround' | null {
  return clarified || refused || chosen !== null ? null : (triage?.doubt ?? null);
}

function offered(context: Context): Choice[] {
  const doubt = doubtOf(context);
  // Who says that the level doesn't fit chooses by what the letters mean.
  const plain = context.case.refused ? 'severity.meaning' : 'severity';
  const prefix = doubt === null ? plain : `severity.${doubt}`;
  return severitySchema.options.map((id) => ({ id, label: context.text(`${prefix}.${id}`) }));
}

/** What would change the level: only where nothing caps it, and only for what can have any level. */
function changes(context: Context, wanted: Severity, cap: string | null): string[] {
  const free = cap === null && context.case.triage?.category === 'technical';
  return free ? [context.text(`triage.change.${wanted}`)] : [];
}

/** The level as it will go in, why, and what it means; a level that can't be had is not proposed first. */
function proposal(context: Context): string {
  const wanted = wantedSeverity(context.case);
  const cap = capped(context, wanted);
  const decision = decisionOf(context.case, context.tools, wanted);
  const promised = promisesLevels(context.case, context.tools);
  const key = cap !== null ? 'severity.ask-capped' : promised ? 'severity.ask' : 'severity.ask-queue';
  const lines = [
    context.text(key, { level: decision.severity || wanted }),
    why(context, wanted),
    ...(cap === null ? [] : [cap]),
    promise(context, decision),
    ...(cap !== null && wanted === 'A' ? [phoneLine(context)] : []),
    ...(doubtOf(context) === null ? changes(context, wanted, cap) : []),
    confirmation(context),
  ];
  return lines.filter((line) => line !== '').join('\n\n');
}

function confirmation(context: Context): string {
  const doubt = doubtOf(context);
  const plain = context.case.refused ? 'severity.which' : 'severity.confirm';
  return context.text(doubt === null ? plain : `severity.${doubt}`);
}

export const severity: Question = {
  step: 'severity',
  short: confirmation,
  ask(context) {
    const wanted = wantedSeverity(context.case);
    const { severity: granted } = decisionOf(context.case, context.tools, wanted);
    const choices = offered(context).map((choice) =>
      choice.id === granted ? { ...choice, style: 'primary' as const } : choice,
    );
    const evidence = context.case.triage?.evidence ?? [];
    return say(context, proposal(context), {
      step: 'severity',
      choices,
      card: {},
      data: { proposed: wanted, evidence },
    });
  },
  read(input: Input, context: Context): Reading {
    const level = readLevel(input, context);
    if (level === null && refuses(input, context))
      return { case: { ...context.case, refused: true }, understood: false };
    if (level === null) return misread(context, context.text('severity.misread'));
    const cap = level === wantedSeverity(context.case) ? null : capped(context, level);
    const isCritical = decisionOf(context.case, context.tools, level).severity === 'A';
    const impactKept = isCritical ? context.case.impact : null;
    const known = { ...context.case, severity: level, refused: false, impact: impactKept };
    const notes = [...(cap === null ? [] : [cap]), ...(isWayAround(input, context) ? [noted(context)] : [])];
    return { case: known, understood: true, notes: notes.map((note) => say(context, note)) };
  },
  forget: (known) => ({ ...known, severity: null, refused: false }),
};

/** A letter by itself in a short sentence: "B please", "选 C", "cで"; a small "a" between English words is no level. */
const CAPITAL = /(?<![A-Za-z])[ABC](?![A-Za-z'’])/g;
const SMALL =
  /(?<![a-z'’])[bc](?![a-z'’])|(?<![a-z'’]\s*)a(?!\s*[a-z'’])|(?<=(?:level|sev|severity)\s*)[abc](?![A-Za-z])/gi;
const SHORT_SENTENCE = 20;
/** A question about a level, or a level that is refused, chooses none. */
const NO_CHOICE =
  /[?？]|[吗嗎呢か]$|为什么|为何|怎么|なぜ|どうして|\b(?:why|what|how|not)\b|n['’]t\b|不是|不要|别|別|ではな|じゃな|以外|は違/iu;

/** The one level that is named by its letter; null where two are, where it is asked about, or where none is. */
function letterIn(text: string): Severity | null {
  const said = text.normalize('NFKC').trim();
  if (said.length > SHORT_SENTENCE || NO_CHOICE.test(said)) return null;
  const letters = said.match(CAPITAL) ?? said.match(SMALL) ?? [];
  const [letter, ...others] = new Set(letters.map((one) => one.toUpperCase()));
  return others.length === 0 ? (severitySchema.safeParse(letter).data ?? null) : null;
}

const WHY = /^\s*(?:why\b|为什么|为何|怎么|なぜ|どうして)/iu;

function readLevel(input: Input, context: Context): Severity | null {
  if (input.kind === 'submit') return severitySchema.safeParse(input.choice).data ?? null;
  if (WHY.test(input.text.normalize('NFKC'))) return null;
  const named = letterIn(input.text) ?? readChoice(input.text, offered(context), context.tools.phrases, 'severity');
  if (named) return severitySchema.safeParse(named).data ?? null;
  return answerTo(input.text, context);
}

const YES_NO = ['yes', 'no'].map((id) => ({ id, label: id }));
/** A longer "no, because …" has more to say than that: it is listened to. */
const FEW_WORDS = 16;

/** "Yes" to the level that was proposed; to the question for a way around, yes and no say how bad it is. */
function answerTo(text: string, context: Context): Severity | null {
  const wanted = wantedSeverity(context.case);
  const said = readChoice(text, YES_NO, context.tools.phrases, 'severity');
  if (doubtOf(context) === 'workaround') {
    if (saysThereIs(text, context)) return 'C';
    if (said === 'no') return wanted === 'C' ? 'B' : wanted;
    // "Yes, in the browser, but slowly": what it is counts, not the yes.
    if (widthOf(text.trim()) >= FEW_WORDS) return null;
  }
  if (context.case.refused) return null;
  return said === 'yes' ? wanted : null;
}

/** "Yes", "有的", "あります" to the question whether there is a way around; "fine" agrees to the level and says nothing of it. */
function saysThereIs(text: string, { tools: { phrases } }: Context): boolean {
  return isWholeWord(text, 'words.there-is', phrases);
}

function isWayAround(input: Input, context: Context): boolean {
  return input.kind === 'text' && doubtOf(context) === 'workaround' && saysThereIs(input.text, context);
}

/** Said aloud: a plain "yes" was not meant for a level, and level C is. */
function noted(context: Context): string {
  return context.text('severity.workaround.noted');
}

/** "No": another level fits. */
function refuses(input: Input, context: Context): boolean {
  if (input.kind !== 'text' || widthOf(input.text.trim()) >= FEW_WORDS) return false;
  return readChoice(input.text, YES_NO, context.tools.phrases, 'severity') === 'no';
}

const LONGEST_IMPACT = 2000;
/** Without half of a character at the end. */
const whole = (text: string): string => text.replace(/[\uD800-\uDBFF]$/u, '');

export const impact: Question = {
  step: 'impact',
  ask(context) {
    const field = {
      id: 'impact',
      kind: 'multiline' as const,
      label: context.text('impact.label'),
      required: true,
      maxLength: LONGEST_IMPACT,
    };
    return say(context, context.text('impact.ask'), {
      step: 'impact',
      card: { fields: [field], submitLabel: context.text('impact.submit') },
    });
  },
  read(input: Input, context: Context): Reading {
    const text = (input.kind === 'text' ? input.text : (input.fields['impact'] ?? '')).trim();
    if (text.length < 4) return misread(context, context.text('impact.too-short'));
    return { case: { ...context.case, impact: whole(text.slice(0, LONGEST_IMPACT)) }, understood: true };
  },
  forget: (known) => ({ ...known, impact: null }),
};
