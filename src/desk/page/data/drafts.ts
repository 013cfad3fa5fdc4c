import type { Letter } from './outbox.ts';
import { keep, kept } from './keep.ts';
import { Shelf, useShelf } from './shelf.ts';

/** What is being written, for each conversation and kind: it survives a reload, the way to the sign-in, and a change of conversation. */
const written = new Shelf<ReadonlyMap<string, string>>(new Map());

const keyOf = (conversation: string, kind: Letter['kind']): string => `frontdesk.draft.${conversation}.${kind}`;

export function writeDraft(conversation: string, kind: Letter['kind'], text: string): void {
  const key = keyOf(conversation, kind);
  keep(key, text);
  written.change((all) => new Map(all).set(key, text));
}

export function useDraft(conversation: string, kind: Letter['kind']): string {
  const key = keyOf(conversation, kind);
  return useShelf(written).get(key) ?? kept(key);
}
