import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { requestViewSchema, shownContactSchema, type CONTACT_REASONS } from '#src/desk/request-view.ts';
import { change, get, type Heard } from './call.ts';
import type { RequestLine } from './office.ts';

type RequestView = z.infer<typeof requestViewSchema>;
export type ContactReason = (typeof CONTACT_REASONS)[number];
/** As it was read, or as the list knows it while it is read. */
export type OpenRequest = RequestLine & Partial<Pick<RequestView, 'contactIs'>>;
export type ShowContact = (reason: ContactReason) => Promise<Heard<unknown>>;

/** What differs between a request that was read and its line in the list where something happened since. */
const markOf = ({ state, severity, ticket, promises, history }: RequestLine): string =>
  JSON.stringify([state, severity, ticket, promises, history.length]);

const pathOf = (number: string): string => `/desk/api/requests/${encodeURIComponent(number)}`;

/**
 * The request that is open. Every reading is noted in the audit with the agent's name, so it is read once, and again only
 * where its line in the list tells of something new.
 */
export function useRequest(
  number: string | null,
  line: RequestLine | undefined,
): { readonly view: RequestView | null; readonly show: ShowContact } {
  const [read, setRead] = useState<RequestView | null>(null);
  const view = read?.number === number ? read : null;
  const isOld = number !== null && (view === null || (line !== undefined && markOf(line) !== markOf(view)));
  // Which reading is missing; null: none.
  const missing = isOld ? `${number} ${line ? markOf(line) : ''}` : null;
  useEffect(() => {
    if (number === null || missing === null) return undefined;
    let left = false;
    const take = async (): Promise<void> => {
      const found = await get(pathOf(number), requestViewSchema);
      if (!left && found.ok) setRead(found.value);
    };
    void take();
    return () => void (left = true);
  }, [number, missing]);
  const show: ShowContact = async (reason) => {
    const done = await change('POST', `${pathOf(number ?? '')}/contact`, shownContactSchema, { reason });
    if (!done.ok) return done;
    setRead((now) => (now?.number === number ? { ...now, contactIs: 'whole', contact: done.value.contact } : now));
    return done;
  };
  return { view, show };
}
