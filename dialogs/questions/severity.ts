import { severitySchema } from '#knowledge/schema.ts';
import type { Severity } from '#knowledge/schema.ts';
import { decisionOf, offeringOf, wantedSeverity } from '../entitlement.ts';
import { promise } from '../promise.ts';
import { misread, say } from '../question.ts';
import type { Context, Input, Question, Reading } from '../question.ts';
import type { Choice } from '../reply.ts';
import { readChoice } from '../words.ts';

/** How bad it is: proposed from the person's own words, said why and what would change it; the person may differ. */

const LONGEST_QUOTE = 60;
const MOST_QUOTES = 3;

function quotes(context: Context): string {
  const words = (context.case.triage?.evidence ?? []).map(({ text }) => text.trim()).filter((text) => text !== '');
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

export const severity: Question = {
  step: 'severity',
  ask(context) {
    const wanted = wantedSeverity(context.case);
    const cap = capped(context, wanted);
    const lines = [
      context.text(offeringOf(context.case) === 'worldwide' ? 'severity.ask-queue' : 'severity.ask', { level: wanted }),
      why(context, wanted),
      ...(cap ? [cap] : []),
      promise(context, decisionOf(context.case, context.tools, wanted)),
      context.text(`triage.change.${wanted}`),
      context.text('severity.confirm'),
    ];
    const choices = offered(context).map((choice) =>
      choice.id === wanted ? { ...choice, style: 'primary' as const } : choice,
    );
    const evidence = context.case.triage?.evidence ?? [];
    return say(context, lines.join('\n\n'), {
      step: 'severity',
      choices,
      card: {},
      data: { proposed: wanted, evidence },
    });
  },
  read(input: Input, context: Context): Reading {
    const said =
      input.kind === 'submit' ? input.choice : readChoice(input.text, offered(context), context.tools.phrases);
    const agrees =
      input.kind === 'text' && readChoice(input.text, [{ id: 'yes', label: 'yes' }], context.tools.phrases);
    const level = severitySchema.safeParse(agrees ? wantedSeverity(context.case) : said);
    if (!level.success) return misread(context, context.text('severity.misread'));
    const cap = level.data === wantedSeverity(context.case) ? null : capped(context, level.data);
    return { case: { ...context.case, severity: level.data }, understood: true, notes: cap ? [say(context, cap)] : [] };
  },
  forget: (known) => ({ ...known, severity: null }),
};

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
