import { z } from 'zod';
import { OFFERINGS, offeringIdSchema } from '#knowledge/schema.ts';
import { AGENT_ROLES, type AgentRole } from '#src/handoff/agent.ts';

/** Who works at the desk: `queues` are the products whose conversations and requests they see. */
export const agentSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  role: z.enum(AGENT_ROLES),
  queues: z.array(offeringIdSchema).readonly(),
});
export type Agent = Readonly<z.infer<typeof agentSchema>>;

/** Whether somebody of `role` may do what `least` may. */
export const hasRole = (role: AgentRole, least: AgentRole): boolean =>
  AGENT_ROLES.indexOf(role) >= AGENT_ROLES.indexOf(least);

/** The sample agents of local mode (design.md section 4). Production has none: there, agents come from the sign-in. */
export const SAMPLE_AGENTS: readonly Agent[] = [
  { id: 'agent-1', name: 'agent-1', role: 'agent', queues: OFFERINGS },
  { id: 'agent-2', name: 'agent-2', role: 'agent', queues: OFFERINGS },
  { id: 'supervisor', name: 'supervisor', role: 'supervisor', queues: OFFERINGS },
];
