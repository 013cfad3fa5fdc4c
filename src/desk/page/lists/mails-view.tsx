import { servesAll } from '#src/handoff/agent.ts';
import { mails, refreshMails, type Agent, type Mail } from '../data/office.ts';
import { go } from '../data/place.ts';
import { useShelf } from '../data/shelf.ts';
import { Fact } from '../parts/fact.tsx';
import { instant } from '../time.ts';
import { useWords } from '../words.tsx';
import { Split } from './split.tsx';
import { Table, type Column } from './table.tsx';
import { useOften } from './use-often.ts';

interface Props {
  readonly open: string | null;
  readonly agent: Agent;
}

/** Mails that were written to people. They name no product, so only who serves all of them sees them. */
export function MailsView({ open, agent }: Props) {
  const words = useWords();
  return servesAll(agent) ? <Mails open={open} /> : <p className="empty">{words('desk.mails.notYours')}</p>;
}

function Mails({ open }: Pick<Props, 'open'>) {
  const words = useWords();
  const all = useShelf(mails);
  useOften(refreshMails);
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
