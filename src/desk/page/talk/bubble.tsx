import { DocumentRegular, EyeOffRegular } from '@fluentui/react-icons';
import { memo } from 'react';
import type { DeskRow } from '../data/talk.ts';
import { clockTime } from '../time.ts';
import { useWords } from '../words.tsx';
import { Delivery } from './delivery.tsx';

interface Props {
  readonly row: DeskRow;
  /** Language of the conversation: what is said in it is read aloud in it. */
  readonly language: string;
}

/** An agent's words always; the bot's where something went wrong with them. */
const tellsDelivery = ({ role, note, delivery }: DeskRow): boolean =>
  (role === 'agent' && !note) ||
  (role === 'bot' && (delivery === 'uncertain' || delivery === 'failed' || delivery === 'dropped'));

/** Something that was said or noted. A note never looks like a message. */
export const Bubble = memo(function Bubble({ row, language }: Props) {
  const words = useWords();
  const { role, note, name, text, at, attachments, choices, delivery } = row;
  return (
    <article className="bubble" data-role={note ? 'note' : role} data-seq={row.seq}>
      <header>
        {note && <EyeOffRegular />}
        <strong>
          {note ? words('desk.note.by', { name: name ?? '' }) : (name ?? words.of('desk.speaker.', role))}
        </strong>
        <time dateTime={at}>{clockTime(at, words.language)}</time>
      </header>
      {text !== '' && (
        <p className="text" lang={note ? undefined : language}>
          {text}
        </p>
      )}
      {attachments.map(({ name: file, url }) =>
        url === null ? (
          <span key={file} className="file">
            <DocumentRegular /> {file}
          </span>
        ) : (
          <a key={url} className="file" href={url} download={file}>
            <DocumentRegular /> {file === '' ? words('desk.file') : file}
          </a>
        ),
      )}
      {choices.length > 0 && (
        <p className="choices">
          {words('desk.choices', {
            choices: choices.map((one) => words.of('desk.choice.', one)).join(words('desk.join')),
          })}
        </p>
      )}
      {tellsDelivery(row) && <Delivery role={role} delivery={delivery} />}
    </article>
  );
});
