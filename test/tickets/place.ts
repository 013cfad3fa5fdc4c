import { BOOK_FOLDER } from '#knowledge/book.ts';
import { createPhrases, readMessages } from '#knowledge/phrases.ts';
import { ticketWords } from '#dialogs/ticket.ts';
import type { ServiceRequest } from '#src/requests/request.ts';
import type { Attempt } from '#src/requests/ticket.ts';
import { request } from '../storage/samples.ts';

const phrases = createPhrases(readMessages(BOOK_FOLDER).messages);
export const words = (one: ServiceRequest) => ticketWords(one, phrases);

export const NUMBER = 'SR-7K3M-9QXD';

export function filed(given: Partial<ServiceRequest> = {}): ServiceRequest {
  return request({ number: NUMBER, language: 'zh-CN', description: '上海办公室的所有人都收不到邮件。', ...given });
}

export const FIRST: Attempt = { key: `ticket:${NUMBER}:1`, again: false, unsettled: false, at: 0 };
export const again = (given: Partial<Attempt> = {}): Attempt => ({ ...FIRST, again: true, ...given });
