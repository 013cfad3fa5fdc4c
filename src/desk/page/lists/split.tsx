import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons';
import { useEffect, useRef, type ReactNode } from 'react';
import { useWords } from '../words.tsx';

interface Props {
  readonly list: ReactNode;
  readonly title: string;
  /** The details of the open line; null where none is open. */
  readonly details: ReactNode;
  readonly openKey: string | null;
  readonly onBack: () => void;
}

/** A list and the details of what is open in it; on a phone one of the two. */
export function Split({ list, title, details, openKey, onBack }: Props) {
  const words = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (openKey !== null) heading.current?.focus();
  }, [openKey]);
  return (
    <div className="page split" data-open={details !== null}>
      {list}
      {details === null ? (
        <p className="empty details">{words('desk.choose.line')}</p>
      ) : (
        <section className="details">
          <Button className="back" appearance="subtle" icon={<ArrowLeftRegular />} onClick={onBack}>
            {words('desk.back')}
          </Button>
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {details}
        </section>
      )}
    </div>
  );
}
