import { useSyncExternalStore } from 'react';
import type { Agent } from '#src/desk/agents.ts';
import { servesAll } from '#src/handoff/agent.ts';

/** The views of the desk, in the order of their tabs. */
export const VIEWS = ['queue', 'all', 'requests', 'promises', 'mails', 'undelivered', 'team'] as const;
export type View = (typeof VIEWS)[number];

/** Where the agent is: a view, and what is open in it. It stands in the address, so a reload and a link come back to it. */
export interface Place {
  readonly view: View;
  readonly open: string | null;
}

/**
 * The views that an agent is offered: everything at once is a supervisor's to see, mails are read by who serves every
 * product, and what is stuck interests agents while there is something. The one that is open stays: it says why it is empty.
 */
export function viewsFor(
  agent: Pick<Agent, 'role' | 'queues'>,
  { now, stuck }: { readonly now: View; readonly stuck: number },
): View[] {
  const isOffered = (view: View): boolean => {
    if (view === 'all') return agent.role !== 'agent';
    if (view === 'mails') return servesAll(agent);
    return view !== 'undelivered' || stuck > 0 || agent.role !== 'agent';
  };
  return VIEWS.filter((view) => view === now || isOffered(view));
}

export function placeOf(hash: string): Place {
  const [view = '', open = ''] = hash.replace(/^#\/?/, '').split('/');
  return { view: VIEWS.find((each) => each === view) ?? 'queue', open: open === '' ? null : decoded(open) };
}

export function go(view: View, open: string | null = null): void {
  location.hash = `/${view}${open === null ? '' : `/${encodeURIComponent(open)}`}`;
}

/** What a notice linked to: a conversation's id, or a request's number. */
export function openLinked(name: string): void {
  go(name.startsWith('SR-') ? 'requests' : 'queue', name);
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(
    (listener) => {
      window.addEventListener('hashchange', listener);
      return () => window.removeEventListener('hashchange', listener);
    },
    () => location.hash,
  );
  return placeOf(hash);
}

/** A broken escape in a link somebody typed is no reason to show nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
