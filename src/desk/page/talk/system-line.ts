import { z } from 'zod';
import { severitySchema } from '#knowledge/schema.ts';
import { OUTCOMES, REASONS } from '#src/handoff/standing.ts';
import { PROMISE_KINDS } from '#src/promises/promise.ts';
import { instant } from '../time.ts';
import type { DeskRow } from '../data/talk.ts';
import type { DeskWords } from '../words.tsx';

type Event = NonNullable<DeskRow['event']>;

const valueSchema = z.object({
  reason: z.enum(REASONS),
  agent: z.string().nullish(),
  before: z.string().nullish(),
  outcome: z.enum(OUTCOMES).optional(),
});

const codeSentSchema = z.object({ to: z.string() });
const codeTriedSchema = z.object({ result: z.string(), triesLeft: z.number() });
const levelSchema = z.object({ from: severitySchema, severity: severitySchema, reason: z.string(), by: z.string() });
const warningSchema = z.object({ to: severitySchema, until: z.number(), agent: z.string() });
const promiseSchema = z.object({ request: z.string(), kind: z.enum(PROMISE_KINDS) });

/** A change that nobody said, in plain words; `nameOf` knows the colleagues. Events of a newer server tell their name. */
export function systemText({ event, text }: DeskRow, nameOf: (id: string) => string, words: DeskWords): string {
  if (!event) return text;
  const parsed = valueSchema.safeParse(event.value);
  if (!parsed.success) return eventText(event, nameOf, words);
  const { reason, agent, before, outcome } = parsed.data;
  const names = { agent: nameOf(agent ?? ''), before: nameOf(before ?? '') };
  if (reason === 'accepted' && names.before !== '') return words('desk.reason.taken-over', names);
  const said = words(`desk.reason.${reason}`, names);
  return outcome === undefined ? said : `${said} ${words(`desk.outcome.${outcome}`)}`;
}

/** What else happened beside the talk. */
function eventText({ name, value }: Event, nameOf: (id: string) => string, words: DeskWords): string {
  const plain = words.of('desk.event.', name);
  if (name === 'code.sent') {
    const sent = codeSentSchema.safeParse(value);
    return sent.success ? words('desk.event.code.sentTo', { address: sent.data.to }) : plain;
  }
  if (name === 'code.tried') {
    const tried = codeTriedSchema.safeParse(value);
    if (!tried.success) return plain;
    const { result, triesLeft } = tried.data;
    if (result === 'verified') return words('desk.event.code.right');
    if (result === 'expired') return words('desk.event.code.expired');
    return words('desk.event.code.wrong', { count: triesLeft });
  }
  if (name === 'severity.changed') {
    const changed = levelSchema.safeParse(value);
    if (!changed.success) return plain;
    const { from, severity, reason, by } = changed.data;
    return words('desk.event.severity.changedBy', { from, to: severity, reason, agent: nameOf(by) });
  }
  if (name === 'severity.warning') {
    const warned = warningSchema.safeParse(value);
    if (!warned.success) return plain;
    const { to: level, until, agent } = warned.data;
    return words('desk.event.severity.warningBy', {
      agent: nameOf(agent),
      level,
      time: instant(until, words.language),
    });
  }
  if (name === 'promise.broken' || name === 'promise.warning') {
    const promise = promiseSchema.safeParse(value);
    if (!promise.success) return plain;
    const { request, kind } = promise.data;
    return words(`desk.event.${name}.of`, { number: request, kind: words(`desk.promise.kind.${kind}`) });
  }
  return plain;
}
