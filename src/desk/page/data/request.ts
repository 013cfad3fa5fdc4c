import { useEffect, useState } from 'react';
import type { z } from 'zod';
import type { CONTACT_REASONS } from '#src/desk/contact.ts';
import { requestViewSchema, shownContactSchema } from '#src/desk/request-view.ts';
import { change, get, type Heard } from './call.ts';
import type { RequestLine } from './office.ts';
import { textsOf, uncovered, type Texts } from './shown.ts';

export type RequestView = z.infer<typeof requestViewSchema>;
export type ContactReason = (typeof CONTACT_REASONS)[number];
/** As it was read, or as the list knows it while it is read. */
export type OpenRequest = RequestLine & Partial<Pick<RequestView, 'contactIs'>>;
export type ShowContact = (reason: ContactReason) => Promise<Heard<unknown>>;

/** A contact that was asked for with a reason, of which request, and its texts with nothing hidden in them. */
interface ShownContact extends Pick<RequestView, 'number' | 'contact'> {
  readonly texts: Texts;
}

/** What wasn't answered is read again after so long. */
const AGAIN_MS = 3_000;

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
  const [shown, setShown] = useState<ShownContact | null>(null);
  const [tries, setTries] = useState(0);
  const view = read?.number === number ? read : null;
  const isOld = number !== null && (view === null || (line !== undefined && markOf(line) !== markOf(view)));
  // Which reading is missing; null: none.
  const missing = isOld ? `${number} ${line ? markOf(line) : ''} ${tries}` : null;
  useEffect(() => {
    if (number === null || missing === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const take = async (): Promise<void> => {
      const found = await get(pathOf(number), requestViewSchema);
      if (left) return;
      if (found.ok) setRead(found.value);
      else if (found.why === 'silent') timer = setTimeout(() => setTries((count) => count + 1), AGAIN_MS);
    };
    void take();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [number, missing]);
  const show: ShowContact = async (reason) => {
    if (number === null) return { ok: false, why: 'silent' };
    const done = await change('POST', `${pathOf(number)}/contact`, shownContactSchema, { reason });
    if (done.ok) setShown({ number, contact: done.value.contact, texts: textsOf(done.value.request) });
    // Somebody has them now, or they wait: how much is shown has changed.
    else if (done.why === 'refused') {
      setRead(null);
      setTries((count) => count + 1);
    }
    return done;
  };
  return { view: view && withShown(view, shown), show };
}

/** Who has asked for it goes on seeing it when the request changes, as it does when they note the call; not once somebody has them. */
export function withShown(view: RequestView, shown: ShownContact | null): RequestView {
  if (shown?.number !== view.number || view.contactIs !== 'on-reason') return view;
  const whole = requestViewSchema.parse(uncovered(view, shown.texts));
  return { ...whole, contactIs: 'whole', contact: shown.contact };
}
