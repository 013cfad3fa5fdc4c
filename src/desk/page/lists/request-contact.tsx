import { useState } from 'react';
import { CONTACT_REASONS } from '#src/desk/request-view.ts';
import type { ContactReason, OpenRequest, ShowContact } from '../data/request.ts';
import { whyNot } from '../data/call.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { refusalText } from '../talk/refusal.ts';
import { instant } from '../time.ts';
import { useWords, type DeskWords } from '../words.tsx';

interface Props {
  readonly request: OpenRequest;
  readonly onShow: ShowContact;
}

/** How to reach who filed it: in part, unless the agent has them or says what it is needed for. */
export function RequestContact({ request, onShow }: Props) {
  const words = useWords();
  const [told, setTold] = useState('');
  const { contactIs } = request;
  const show = async (reason: ContactReason): Promise<void> => {
    const done = await onShow(reason);
    // That a colleague has them is told above as soon as the request was read again.
    setTold(done.ok || whyNot(done) === 'not-yours' ? '' : refusalText(whyNot(done), null, words));
  };
  return (
    <>
      {contactParts(request, words).map((part) => (
        <span key={part} className="part">
          {part}
        </span>
      ))}
      {contactIs !== undefined && contactIs !== 'whole' && (
        <span className="hint line">{words(`desk.contact.${contactIs}`)}</span>
      )}
      {contactIs === 'on-reason' && (
        <span className="ways">
          {CONTACT_REASONS.map((reason) => (
            <BusyButton key={reason} size="small" onDo={() => show(reason)}>
              {words(`desk.contact.show.${reason}`)}
            </BusyButton>
          ))}
        </span>
      )}
      <span className="hint line" role="status">
        {told}
      </span>
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
