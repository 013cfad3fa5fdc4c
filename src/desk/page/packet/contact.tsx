import type { CasePacket, DeskPacket } from '#src/desk/packet.ts';
import type { ShowContact } from '../data/request.ts';
import { useShelf } from '../data/shelf.ts';
import { hides } from '../data/shown.ts';
import { talkOf } from '../data/talk.ts';
import { Fact } from '../parts/fact.tsx';
import { ShowContactPart } from '../parts/show-contact.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';

interface Props extends Pick<DeskPacket, 'conversation' | 'contactIs'> {
  readonly contact: CasePacket['contact'];
}

/** How to reach the person; in part until somebody has accepted them, or says what it is needed for. */
export function Contact({ conversation, contact, contactIs }: Props) {
  const words = useWords();
  const talk = talkOf(conversation);
  const { isShown, rows } = useShelf(talk.state);
  // What was written since is in part again: it can be asked for, too.
  const isWhole = isShown && !rows.some(({ text }) => hides(text));
  const { method, phone, email, callbackAt, secondContact, registeredMails } = contact;
  const isEmpty = [method, phone, email, callbackAt, secondContact].every((one) => one === null || one === '');
  if (isEmpty && registeredMails.length === 0) return null;
  const show: ShowContact = (reason) => talk.contact(reason);
  return (
    <section aria-labelledby="packet-contact">
      <h3 id="packet-contact">{words('desk.packet.contact')}</h3>
      <ShowContactPart contactIs={isWhole ? 'whole' : contactIs} onShow={show} />
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
