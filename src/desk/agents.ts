/** Who works at the desk. A supervisor sees what agents see, and will decide more. */
export interface Agent {
  readonly id: string;
  readonly name: string;
  readonly role: 'agent' | 'supervisor';
}

/** The sample agents of local mode (design.md section 4). Production has none: there, agents come from the sign-in. */
export const SAMPLE_AGENTS: readonly Agent[] = [
  { id: 'agent-1', name: 'agent-1', role: 'agent' },
  { id: 'agent-2', name: 'agent-2', role: 'agent' },
  { id: 'supervisor', name: 'supervisor', role: 'supervisor' },
];
