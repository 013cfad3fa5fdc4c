import type { Store, StoreMiddleware } from './webchat.ts';
import type { Words } from './words.ts';

/** A request's number, as a link into the tab names it; anything else there is nobody's word. */
const NUMBER = /^[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}$/;

/** What the page asks in the person's name as soon as it is open: how a request stands, or all of them; undefined: nothing. */
export function openingWords(open: string | null, subPage: string, words: Words): string | undefined {
  if (NUMBER.test(subPage)) return subPage;
  return open === 'status' ? words('page.chat.open.status') : undefined;
}

/** Says it once, when Web Chat is connected: before, it would be said to nobody. */
export function sayAtFirst(opening: () => string | undefined): StoreMiddleware {
  let isSaid = false;
  return (store: Store) => (next) => (action) => {
    const result = next(action);
    if (action.type !== 'DIRECT_LINE/CONNECT_FULFILLED' || isSaid) return result;
    isSaid = true;
    const text = opening();
    if (text !== undefined) setTimeout(() => store.dispatch({ type: 'WEB_CHAT/SEND_MESSAGE', payload: { text } }));
    return result;
  };
}
