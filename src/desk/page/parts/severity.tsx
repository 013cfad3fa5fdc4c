import { useWords } from '../words.tsx';

/** A level: letter, colour and, for who sees neither, its name. */
export function Severity({ level }: { readonly level: 'A' | 'B' | 'C' | '' }) {
  const words = useWords();
  if (level === '')
    return (
      <span className="severity none">
        –<span className="unseen">{words('desk.severity.none')}</span>
      </span>
    );
  return (
    <span className="severity" data-level={level}>
      <span className="unseen">{words('desk.severity')} </span>
      {level}
    </span>
  );
}
