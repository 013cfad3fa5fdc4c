import { FluentProvider, Spinner } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { Language } from '#knowledge/schema.ts';
import { firstChoice, keepChoice } from '#src/chat/page/language.ts';
import type { Tab } from '#src/chat/page/teams.ts';
import { whenSignedOut } from './data/call.ts';
import { me, noteSignedOut, readMe } from './data/office.ts';
import { useShelf } from './data/shelf.ts';
import { openLinked } from './data/place.ts';
import { Desk } from './desk.tsx';
import { enterAsTab } from './in-teams.ts';
import { useTheme } from './look.ts';
import { SignIn } from './sign-in.tsx';
import { deskWords, useWords, WordsProvider } from './words.tsx';

const parameters = new URLSearchParams(location.search);
const RETRY_MS = 3_000;

/** The page in the agent's language and look; behind the sign-in, the desk. */
export function App() {
  const [language, setLanguage] = useState(() => firstChoice(parameters.get('lang')));
  const [themeName, setThemeName] = useState(parameters.get('theme'));
  const { look, theme } = useTheme(themeName, language);
  const words = deskWords(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset['theme'] = look;
    document.title = words('desk.title');
  }, [language, look, words]);
  const choose = (next: Language): void => {
    keepChoice(parameters.get('lang'), next);
    setLanguage(next);
  };
  return (
    <FluentProvider theme={theme} className="provider">
      <WordsProvider value={words}>
        <Gate onLanguage={choose} tab={{ onTheme: setThemeName, onLocale: (tag) => setLanguage(firstChoice(tag)) }} />
      </WordsProvider>
    </FluentProvider>
  );
}

interface GateProps {
  readonly onLanguage: (language: Language) => void;
  readonly tab: Tab;
}

function Gate({ onLanguage, tab }: GateProps) {
  const agent = useShelf(me);
  const words = useWords();
  const [entry] = useState(tab);
  useEffect(() => {
    whenSignedOut(noteSignedOut);
    return askUntilKnown(entry);
  }, [entry]);
  if (agent === 'asking') return <Spinner className="asking" label={words('desk.asking')} />;
  return agent === null ? <SignIn onLanguage={onLanguage} /> : <Desk agent={agent} onLanguage={onLanguage} />;
}

/** Who is here? In Teams its sign-on says so first. While the server is silent, it is asked again. */
function askUntilKnown(tab: Tab): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async (): Promise<void> => {
    await readMe();
    if (me.get() === 'asking') timer = setTimeout(() => void ask(), RETRY_MS);
  };
  void enterAsTab(tab).then((entered) => {
    if (entered && entered.subPage !== '') openLinked(entered.subPage);
    return ask();
  });
  return () => clearTimeout(timer);
}
