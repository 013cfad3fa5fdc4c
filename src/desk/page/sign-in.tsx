import { Button, Field, Select } from '@fluentui/react-components';
import { useEffect, useState, type FormEvent } from 'react';
import type { Language } from '#knowledge/schema.ts';
import { sessionEnded, signInAs, whichWaysIn, type Ways } from './data/office.ts';
import { useShelf } from './data/shelf.ts';
import { LanguageSelect } from './parts/language-select.tsx';
import { Logo } from './parts/logo.tsx';
import { useWords } from './words.tsx';

/** Local mode: as a sample agent. Else through the organization. What was being written waits in the browser. */
export function SignIn({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const words = useWords();
  const hasEnded = useShelf(sessionEnded);
  const [ways, setWays] = useState<Ways>({ samples: [], provider: false });
  useEffect(() => void whichWaysIn().then(setWays), []);
  return (
    <>
      <header className="top">
        <Logo />
        <h1>{words('desk.title')}</h1>
        <LanguageSelect onLanguage={onLanguage} />
      </header>
      <main className="card">
        <h2>{words('desk.signin.title')}</h2>
        {hasEnded && <p role="status">{words('desk.signin.ended')}</p>}
        {ways.provider && <OrganizationWay />}
        {ways.samples.length > 0 && <SampleForm samples={ways.samples} />}
      </main>
    </>
  );
}

function OrganizationWay() {
  const words = useWords();
  return (
    <Button appearance="primary" as="a" href="/desk/sign-in">
      {words('desk.signin.organization')}
    </Button>
  );
}

function SampleForm({ samples }: Pick<Ways, 'samples'>) {
  const words = useWords();
  const [as, setAs] = useState(samples[0] ?? '');
  const [problem, setProblem] = useState('');
  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setProblem('');
    const done = await signInAs(as);
    if (!done.ok) setProblem(words(done.why === 'silent' ? 'desk.signin.silent' : 'desk.signin.refused'));
  };
  return (
    <form onSubmit={(event) => void enter(event)}>
      <Field label={words('desk.signin.as')}>
        <Select value={as} onChange={(_event, { value }) => setAs(value)}>
          {samples.map((id) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </Select>
      </Field>
      <Button appearance="primary" type="submit">
        {words('desk.signin.button')}
      </Button>
      <p className="problem" role="status">
        {problem}
      </p>
    </form>
  );
}
