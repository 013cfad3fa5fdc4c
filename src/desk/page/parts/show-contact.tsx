import { useState } from 'react';
import { CONTACT_REASONS, type ContactIs } from '#src/desk/contact.ts';
import type { ShowContact } from '../data/request.ts';
import { whyNot } from '../data/call.ts';
import { refusalText } from '../talk/refusal.ts';
import { useWords } from '../words.tsx';
import { BusyButton } from './busy-button.tsx';

interface Props {
  readonly contactIs: ContactIs;
  readonly onShow: ShowContact;
}

/** Why a contact is shown in part, and the way to the whole of it, where there is one. */
export function ShowContactPart({ contactIs, onShow }: Props) {
  const words = useWords();
  const [told, setTold] = useState('');
  const show = async (reason: (typeof CONTACT_REASONS)[number]): Promise<void> => {
    const done = await onShow(reason);
    // That a colleague has them is told above as soon as it was read again.
    setTold(done.ok || whyNot(done) === 'not-yours' ? '' : refusalText(whyNot(done), null, words));
  };
  return (
    <>
      {contactIs !== 'whole' && <span className="hint line">{words(`desk.contact.${contactIs}`)}</span>}
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
