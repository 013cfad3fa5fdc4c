import { z } from 'zod';
import { categorySchema, languageSchema, offeringIdSchema, OFFERINGS } from '#knowledge/schema.ts';

/** `on-duty`: takes people · `away`: at the desk, and takes nobody new · `gone`: signed out. */
export const PRESENCES = ['on-duty', 'away', 'gone'] as const;
export type Presence = (typeof PRESENCES)[number];

/** What somebody may do at the desk, from least to most; each may do what those before it may. */
export const AGENT_ROLES = ['agent', 'supervisor', 'admin'] as const;
export type AgentRole = (typeof AGENT_ROLES)[number];

/** What a person at the desk is good at; an empty list means anything. */
export const skillsSchema = z.object({
  languages: z.array(languageSchema).max(10).readonly(),
  categories: z.array(categorySchema).max(20).readonly(),
  /** So many conversations at a time are offered to them; they may take more by their own will. */
  capacity: z.number().int().min(1).max(50),
});
export type Skills = z.infer<typeof skillsSchema>;

/** Somebody who works at the desk, as the office knows them between two calls of their browser. */
export const agentSchema = skillsSchema.extend({
  id: z.string(),
  name: z.string(),
  role: z.enum(AGENT_ROLES),
  /** The offerings whose people they may see and serve. */
  queues: z.array(offeringIdSchema).readonly(),
  presence: z.enum(PRESENCES),
  /** Epoch milliseconds: the last sign of life of their desk, and when they were last given somebody. */
  seenAt: z.number(),
  servedAt: z.number(),
});
export type AgentRecord = z.infer<typeof agentSchema>;

/** Somebody who takes people now: on duty, and their desk gave a sign of life within `patience` milliseconds. */
export function isOnDuty({ presence, seenAt }: AgentRecord, now: number, patience: number): boolean {
  return presence === 'on-duty' && isThere({ seenAt }, now, patience);
}

/** Whether their desk is open somewhere. */
export function isThere({ seenAt }: Pick<AgentRecord, 'seenAt'>, now: number, patience: number): boolean {
  return now - seenAt <= patience;
}

/** Whether they may see and serve somebody of that offering; one that is not known yet is everybody's. */
export function mayServe({ queues }: Pick<AgentRecord, 'queues'>, offering: string | null): boolean {
  return offering === null || queues.some((queue) => queue === offering);
}

/** Whether every offering is theirs: what says nothing of its offering is shown to nobody else. */
export const servesAll = (agent: Pick<AgentRecord, 'queues'>): boolean =>
  OFFERINGS.every((offering) => mayServe(agent, offering));
