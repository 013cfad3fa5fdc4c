import type { DeskWords } from '../words.tsx';

/** Why something could not be done, kindly; `who` has the conversation now, where that is known. */
export function refusalText(code: string, who: string | null, words: DeskWords): string {
  switch (code) {
    case 'taken':
    case 'not-found':
      return who === null ? words('desk.refused.taken') : words('desk.refused.takenBy', { name: who });
    case 'not-waiting':
      return words('desk.refused.not-waiting');
    case 'not-yours':
      return who === null ? words('desk.refused.not-yours') : words('desk.refused.takenBy', { name: who });
    case 'not-there':
    case 'accept-first':
      return words(`desk.refused.${code}`);
    case 'no-mail-server':
    case 'no-address':
    case 'too-many':
      return words(`desk.refused.${code}`);
    case 'silent':
      return words('desk.refused.silent');
    default:
      return words('desk.refused.other');
  }
}
