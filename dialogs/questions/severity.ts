import { isTopic } from '#src/triage/signals/signal.ts';
import { severitySchema } from '#knowledge/schema.ts';
import type { Severity } from '#knowledge/schema.ts';
import { decisionOf, promisesLevels, wantedSeverity } from '../entitlement.ts';
import { promise } from '../promise.ts';
import { misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import type { Choice } from '../reply.ts';
import { normalise, readChoice } from '../words.ts';
import { phoneLine } from './phone-line.ts';

/** How bad it is: proposed from the person's own words, said why and what would change it; the person may differ. */

const LONGEST_QUOTE = 60;
const MOST_QUOTES = 3;

function quotes(context: Context): string {
  const found = context.case.triage?.evidence ?? [];
  const words = found.filter(({ signal }) => !isTopic(signal)).map(({ text }) => text.trim());
  const distinct = [...new Set(words)].slice(0, MOST_QUOTES);
  const shown = distinct.map((text) => (text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text));
  return shown.map((text) => context.text('quote.one', { text })).join(context.text('quote.join'));
}

function why(context: Context, wanted: Severity): string {
  const quote = quotes(context);
  return quote === '' ? context.text(`triage.why.unquoted.${wanted}`) : context.text(`triage.why.${wanted}`, { quote });
}

/** A level that is not granted, with the rule that caps it. */
function capped(context: Context, wanted: Severity): string | null {
  const decision = decisionOf(context.case, context.tools, wanted);
  if (decision.severity === wanted || decision.cap === undefined) return null;
  return context.text(`policy.${decision.capReason ?? 'capped-technical-only'}`, {
    wanted,
    granted: decision.severity,
  });
}

function offered(context: Context): Choice[] {
  return severitySchema.options.map((id) => ({ id, label: context.text(`severity.${id}`) }));
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
    ...changes(context, wanted, cap),
    context.text('severity.confirm'),
  ];
  return lines.join('\n\n');
}

export const severity: Question = {
  step: 'severity',
  short: (context) => context.text('severity.confirm'),
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
    if (level === null) return misread(context, context.text('severity.misread'));
    const cap = level === wantedSeverity(context.case) ? null : capped(context, level);
    const known = { ...context.case, severity: level };
    return { case: known, understood: true, notes: cap === null ? [] : [say(context, cap)] };
  },
  forget: (known) => ({ ...known, severity: null }),
};

/** A letter by itself in a short sentence: "B please", "选 C", "Cで". */
const LETTER = /(?:^|[^a-z])([abc])(?![a-z])/;
const SHORT_SENTENCE = 20;

function readLevel(input: Input, context: Context): Severity | null {
  if (input.kind === 'submit') return severitySchema.safeParse(input.choice).data ?? null;
  const said = normalise(input.text);
  const letter = said.length <= SHORT_SENTENCE ? LETTER.exec(said)?.[1]?.toUpperCase() : undefined;
  const named = letter ?? readChoice(input.text, offered(context), context.tools.phrases);
  if (named) return severitySchema.safeParse(named).data ?? null;
  const agrees = readChoice(
    input.text,
    [
      { id: 'yes', label: 'yes' },
      { id: 'no', label: 'no' },
    ],
    context.tools.phrases,
  );
  return agrees === 'yes' ? wantedSeverity(context.case) : null;
}

export const impact: Question = {
  step: 'impact',
  ask(context) {
    const field = {
      id: 'impact',
      kind: 'multiline' as const,
      label: context.text('impact.label'),
      required: true,
      maxLength: 2000,
    };
    return say(context, context.text('impact.ask'), {
      step: 'impact',
      card: { fields: [field], submitLabel: context.text('impact.submit') },
    });
  },
  read(input: Input, context: Context): Reading {
    const text = (input.kind === 'text' ? input.text : (input.fields['impact'] ?? '')).trim();
    if (text.length < 4) return misread(context, context.text('impact.too-short'));
    return { case: { ...context.case, impact: text.slice(0, 2000) }, understood: true };
  },
  forget: (known) => ({ ...known, impact: null }),
};
