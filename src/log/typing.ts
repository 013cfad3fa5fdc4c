type Listener<T> = (typing: T) => void;

/** An agent who types, by the name that the customer reads. */
export interface AgentTyping {
  readonly conversation: string;
  readonly name: string;
}

/** Who is typing now: told to whoever listens at this moment, and kept nowhere. A lost word of it costs nothing. */
export class Typing {
  readonly #ofCustomers = new Set<Listener<string>>();
  readonly #ofAgents = new Set<Listener<AgentTyping>>();

  onCustomer(listener: Listener<string>): () => void {
    this.#ofCustomers.add(listener);
    return () => this.#ofCustomers.delete(listener);
  }

  onAgent(listener: Listener<AgentTyping>): () => void {
    this.#ofAgents.add(listener);
    return () => this.#ofAgents.delete(listener);
  }

  /** The customer of that conversation types. */
  customer(conversation: string): void {
    for (const listener of this.#ofCustomers) listener(conversation);
  }

  agent(typing: AgentTyping): void {
    for (const listener of this.#ofAgents) listener(typing);
  }
}
