import type { OpenRequest, ShowContact } from '../data/request.ts';
import { ShowContactPart } from '../parts/show-contact.tsx';
import { instant } from '../time.ts';
import { useWords, type DeskWords } from '../words.tsx';

interface Props {
  readonly request: OpenRequest;
  readonly onShow: ShowContact;
}

/** How to reach who filed it: in part, unless the agent has them or says what it is needed for. */
export function RequestContact({ request, onShow }: Props) {
  const words = useWords();
  const { contactIs } = request;
  return (
    <>
      {contactParts(request, words).map((part) => (
        <span key={part} className="part">
          {part}
        </span>
      ))}
      {contactIs !== undefined && <ShowContactPart contactIs={contactIs} onShow={onShow} />}
    </>
  );
}

/** How, then who and where, each on a line of its own: a number is read aloud from here. */
function contactParts({ contact }: OpenRequest, words: DeskWords): string[] {
  const { name, method, phone, email, callbackAt, secondContact } = contact;
  const callback = callbackAt && instant(callbackAt, words.language);
  const how = [words.of('desk.method.', method), callback].filter(Boolean).join(' · ');
  return [how, name, phone, email, secondContact].flatMap((part) => part || []);
}
