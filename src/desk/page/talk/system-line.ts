import { z } from 'zod';
import { OUTCOMES, REASONS } from '#src/handoff/standing.ts';
import type { DeskRow } from '../data/talk.ts';
import type { DeskWords } from '../words.tsx';

const valueSchema = z.object({
  reason: z.enum(REASONS),
  agent: z.string().nullish(),
  before: z.string().nullish(),
  outcome: z.enum(OUTCOMES).optional(),
});

/** A change that nobody said, in plain words; `nameOf` knows the colleagues. Events of a newer server tell their name. */
export function systemText({ event, text }: DeskRow, nameOf: (id: string) => string, words: DeskWords): string {
  if (!event) return text;
  const parsed = valueSchema.safeParse(event.value);
  if (!parsed.success) return words.of('desk.event.', event.name);
  const { reason, agent, before, outcome } = parsed.data;
  const names = { agent: nameOf(agent ?? ''), before: nameOf(before ?? '') };
  if (reason === 'accepted' && names.before !== '') return words('desk.reason.taken-over', names);
  const said = words(`desk.reason.${reason}`, names);
  return outcome === undefined ? said : `${said} ${words(`desk.outcome.${outcome}`)}`;
}
