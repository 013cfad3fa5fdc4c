import { isOffered, turnsOf } from '#src/handoff/offer.ts';
import { nameOf, type Agent, type Colleague, type Line, type QueueEntry } from '../data/office.ts';

/** Whose a line of the list is: mine · offered to me · waiting · with a colleague · with the bot · a request that was filed. */
export const KINDS = ['mine', 'offered', 'waiting', 'colleague', 'bot', 'filed'] as const;
export type Kind = (typeof KINDS)[number];

/** What a line of the list shows. */
export interface Entry {
  readonly conversation: string;
  readonly request?: string | undefined;
  readonly person?: string | null;
  readonly severity: QueueEntry['severity'];
  readonly offering: QueueEntry['offering'];
  readonly category: QueueEntry['category'];
  readonly language: QueueEntry['language'];
  readonly summary: string;
  readonly waitingSince: string | null;
  readonly promise?: QueueEntry['promise'];
  readonly widened?: true | undefined;
  readonly agent?: string | null;
}

export interface Item {
  readonly key: string;
  readonly kind: Kind;
  readonly entry: Entry;
  /** Whose turn it is to accept; the name of a colleague, or null where nobody on duty has room, or nobody waits. */
  readonly turn: 'mine' | { readonly name: string } | null;
}

export interface Floor {
  readonly queue: readonly QueueEntry[];
  readonly lines: readonly Line[];
  readonly agent: Agent;
  /** My record, where the office knows me already. */
  readonly own: Colleague | undefined;
  readonly colleagues: readonly Colleague[];
}

/** My list: those I have, those offered to me, who else waits, what was filed; within each as the server ordered them. */
export function queueItems({ queue, lines, agent, own, colleagues }: Floor): Item[] {
  // The first one of a conversation is its most urgent one.
  const promises = new Map(queue.toReversed().map(({ conversation, promise }) => [conversation, promise]));
  const mine = lines
    .filter((line) => line.owner === 'agent' && line.agent === agent.id)
    .map((line) => itemOf('mine', withPromise(line, promises.get(line.conversation))));
  const isMine = new Set(mine.map(({ entry }) => entry.conversation));
  const waiting = queue.filter(({ conversation, owner }) => owner === 'waiting' && !isMine.has(conversation));
  const turns = turnsOf(waiting, colleagues);
  const turnOf = (entry: QueueEntry): Item['turn'] => {
    const id = turns.get(entry);
    if (id === undefined) return null;
    return id === agent.id ? 'mine' : { name: nameOf(id, colleagues) };
  };
  const others = queue
    .filter(({ conversation }) => !isMine.has(conversation))
    .map((entry) => itemOf(kindOf(entry, own), entry, turnOf(entry)));
  return [...mine, ...others].toSorted((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));
}

/** Who is being talked to comes before a long line that stands in the queue's own view, too. */
const SUPERVISED: readonly Kind[] = ['mine', 'colleague', 'waiting', 'bot'];

/** Everything that is or was at the desk, for supervisors. */
export function allItems({ lines, agent }: Floor): Item[] {
  const kindOfLine = ({ owner, agent: has }: Line): Kind => {
    if (owner === 'waiting') return 'waiting';
    if (owner === 'bot') return 'bot';
    return has === agent.id ? 'mine' : 'colleague';
  };
  return lines
    .map((line) => itemOf(kindOfLine(line), line))
    .toSorted((one, other) => SUPERVISED.indexOf(one.kind) - SUPERVISED.indexOf(other.kind));
}

function kindOf(entry: QueueEntry, own: Colleague | undefined): Kind {
  if (entry.owner !== 'waiting') return 'filed';
  return own && isOffered(entry, own) ? 'offered' : 'waiting';
}

function itemOf(kind: Kind, entry: Entry, turn: Item['turn'] = null): Item {
  return { key: `${entry.conversation} ${entry.request ?? ''}`, kind, entry, turn };
}

/** A line and what is owed there next; the same one as long as both are. */
function withPromise(line: Line, promise: QueueEntry['promise']): Entry {
  if (promise === undefined) return line;
  const known = promised.get(line);
  if (known?.promise === promise) return known;
  const entry = { ...line, promise };
  promised.set(line, entry);
  return entry;
}

const promised = new WeakMap<Line, Entry>();

/** What the agent wants to see; '' is everything. */
export interface Filter {
  readonly severity: string;
  readonly offering: string;
  readonly category: string;
  readonly language: string;
  readonly words: string;
}

export const EVERYTHING: Filter = { severity: '', offering: '', category: '', language: '', words: '' };

/** Those that I have are never hidden: a filter is no reason to leave somebody without an answer. */
export function filtered(items: readonly Item[], filter: Filter): Item[] {
  return items.filter(({ kind, entry }) => kind === 'mine' || fits(entry, filter));
}

function fits(entry: Entry, filter: Filter): boolean {
  const words = filter.words.trim().toLowerCase();
  return (
    (filter.severity === '' || entry.severity === filter.severity) &&
    (filter.offering === '' || entry.offering === filter.offering) &&
    (filter.category === '' || entry.category === filter.category) &&
    (filter.language === '' || entry.language === filter.language) &&
    (words === '' || `${entry.summary} ${entry.request ?? ''} ${entry.person ?? ''}`.toLowerCase().includes(words))
  );
}
