import type { CasePacket } from '#src/desk/packet.ts';
import { Fact } from '../parts/fact.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';

/** How to reach the person; only in part until somebody has accepted them. */
export function Contact({ contact, masked }: Pick<CasePacket, 'contact'> & { readonly masked: boolean }) {
  const words = useWords();
  const { method, phone, email, callbackAt, secondContact, registeredMails } = contact;
  const isEmpty = [method, phone, email, callbackAt, secondContact].every((one) => one === null || one === '');
  if (isEmpty && registeredMails.length === 0) return null;
  return (
    <section aria-labelledby="packet-contact">
      <h3 id="packet-contact">{words('desk.packet.contact')}</h3>
      {masked && <p className="hint">{words('desk.packet.masked')}</p>}
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
