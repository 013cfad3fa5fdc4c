import type { Words } from './words.ts';
import type { StoreAction, StoreMiddleware } from './webchat.ts';

/** What may be attached: the same limits as the upload route's, told before anything is sent. */
export const FILE_KINDS = ['png', 'jpg', 'jpeg', 'pdf', 'txt', 'log'] as const;
export const FILE_LIMIT_MB = 5;
export const FILE_COUNT = 5;

interface Attached {
  readonly blob: Blob & { readonly name?: string };
}

export const ACCEPT = FILE_KINDS.map((kind) => `.${kind}`).join(',');

export function kindsInWords(): string {
  return 'PNG, JPEG, PDF, TXT, LOG';
}

/** Files too large, too many or of another kind are left out of the send box, each with a message that says why. */
export function checkedFiles(words: () => Words): StoreMiddleware {
  return (store) => (next) => (action) => {
    if (action.type !== 'WEB_CHAT/SET_SEND_BOX_ATTACHMENTS') return next(action);
    const attachments = attachmentsOf(action.payload);
    const warnings = new Set<string>();
    const fit = attachments.filter(({ blob }) => {
      const problem = problemOf(blob, words());
      if (problem) warnings.add(problem);
      return !problem;
    });
    if (fit.length > FILE_COUNT) warnings.add(words()('page.chat.file.count', { limit: FILE_COUNT }));
    store.dispatch(noticeOf([...warnings].join(' ')));
    return next({ ...action, payload: { attachments: fit.slice(0, FILE_COUNT) } });
  };
}

/** One notice for all: Web Chat folds several into a line that says nothing. */
function noticeOf(message: string): StoreAction {
  const id = 'files';
  if (!message) return { type: 'WEB_CHAT/DISMISS_NOTIFICATION', payload: { id } };
  return { type: 'WEB_CHAT/SET_NOTIFICATION', payload: { id, level: 'warn', message } };
}

function problemOf(blob: Attached['blob'], words: Words): string | undefined {
  const name = blob.name ?? '';
  const kind = name.split('.').at(-1)?.toLowerCase() ?? '';
  if (!FILE_KINDS.some((known) => known === kind)) {
    return words('page.chat.file.type', { name, kinds: kindsInWords() });
  }
  if (blob.size > FILE_LIMIT_MB * 1024 * 1024) return words('page.chat.file.size', { name, limit: FILE_LIMIT_MB });
  return undefined;
}

function attachmentsOf(payload: unknown): readonly Attached[] {
  if (typeof payload !== 'object' || payload === null || !('attachments' in payload)) return [];
  return Array.isArray(payload.attachments) ? payload.attachments.filter(isAttached) : [];
}

function isAttached(value: unknown): value is Attached {
  return typeof value === 'object' && value !== null && 'blob' in value && value.blob instanceof Blob;
}
