import { useEffect } from 'react';
import { mails, refreshMails, type Mail } from '../data/office.ts';
import { go } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { Fact } from '../parts/fact.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';
import { Split } from './split.tsx';
import { Table, type Column } from './table.tsx';

const EVERY_MS = 15_000;

/** Mails that were written to people. */
export function MailsView({ open }: { readonly open: string | null }) {
  const words = useWords();
  const all = useShelf(mails);
  useEffect(() => {
    void refreshMails();
    const timer = setInterval(() => void refreshMails(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  const columns: Column<Mail>[] = [
    { name: words('desk.field.subject'), show: ({ subject }) => subject },
    { name: words('desk.field.to'), show: ({ to }) => to },
    { name: words('desk.field.at'), show: ({ at }) => instant(at, words.language) },
  ];
  const mail = all.find(({ id }) => id === open);
  const list =
    all.length === 0 ? (
      <p className="empty">{words('desk.mails.none')}</p>
    ) : (
      <Table
        name={words('desk.view.mails')}
        columns={columns}
        rows={all}
        keyOf={({ id }) => id}
        open={open}
        onOpen={(id) => go('mails', id)}
      />
    );
  return (
    <Split
      list={list}
      title={mail?.subject ?? ''}
      details={mail ? <MailText mail={mail} /> : null}
      openKey={open}
      onBack={() => go('mails')}
    />
  );
}

function MailText({ mail }: { readonly mail: Mail }) {
  const words = useWords();
  return (
    <>
      <dl>
        <Fact name={words('desk.field.to')}>{mail.to}</Fact>
        <Fact name={words('desk.field.at')}>{instant(mail.at, words.language)}</Fact>
      </dl>
      <p className="said">{mail.text}</p>
    </>
  );
}
