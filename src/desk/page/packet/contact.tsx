import { useState } from 'react';
import type { CasePacket, DeskPacket } from '#src/desk/packet.ts';
import type { ShowContact } from '../data/request.ts';
import { talkOf } from '../data/talk.ts';
import { Fact } from '../parts/fact.tsx';
import { ShowContactPart } from '../parts/show-contact.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';

type Known = CasePacket['contact'];
interface Props extends Pick<DeskPacket, 'conversation' | 'contactIs'> {
  readonly contact: Known;
}

/** How to reach the person; in part until somebody has accepted them, or says what it is needed for. */
export function Contact({ conversation, contact: known, contactIs }: Props) {
  const words = useWords();
  const [shown, setShown] = useState<Known | null>(null);
  const isShown = shown !== null && contactIs === 'on-reason';
  const { method, phone, email, callbackAt, secondContact, registeredMails } = isShown ? shown : known;
  const isEmpty = [method, phone, email, callbackAt, secondContact].every((one) => one === null || one === '');
  if (isEmpty && registeredMails.length === 0) return null;
  const show: ShowContact = async (reason) => {
    const done = await talkOf(conversation).contact(reason);
    if (done.ok) setShown(done.value.contact);
    return done;
  };
  return (
    <section aria-labelledby="packet-contact">
      <h3 id="packet-contact">{words('desk.packet.contact')}</h3>
      <ShowContactPart contactIs={isShown ? 'whole' : contactIs} onShow={show} />
      <dl>
        <Fact name={words('desk.field.method')}>{method && words.of('desk.method.', method)}</Fact>
        <Fact name={words('desk.method.phone')}>{phone}</Fact>
        <Fact name={words('desk.method.email')}>{email}</Fact>
        <Fact name={words('desk.field.callbackAt')}>{callbackAt && instant(callbackAt, words.language)}</Fact>
        <Fact name={words('desk.field.secondContact')}>{secondContact}</Fact>
        <Fact name={words('desk.field.registeredMails')}>{registeredMails.join(', ')}</Fact>
      </dl>
    </section>
  );
}
