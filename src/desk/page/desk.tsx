import { useEffect, useState } from 'react';
import type { Language } from '#knowledge/schema.ts';
import { followDesk } from './data/follow.ts';
import type { Agent } from './data/office.ts';
import { usePlace } from './data/place.ts';
import { Fallen } from './frame/fallen.tsx';
import { Help } from './frame/help.tsx';
import { useKeys } from './frame/keys.ts';
import { News } from './frame/news.tsx';
import { Notices } from './frame/notices.tsx';
import { Tabs } from './frame/tabs.tsx';
import { Top } from './frame/top.tsx';
import { MailsView } from './lists/mails-view.tsx';
import { PromisesView } from './lists/promises-view.tsx';
import { RequestsView } from './lists/requests-view.tsx';
import { UndeliveredView } from './lists/undelivered-view.tsx';
import { FloorView } from './queue/floor-view.tsx';
import { TeamView } from './team/team-view.tsx';
import { useWords } from './words.tsx';

interface Props {
  readonly agent: Agent;
  readonly onLanguage: (language: Language) => void;
}

/** The desk of somebody who is signed in. */
export function Desk({ agent, onLanguage }: Props) {
  const words = useWords();
  const { view, open } = usePlace();
  const [help, setHelp] = useState(false);
  // One stream for each sign-in: another agent must not get what was meant for the one before.
  useEffect(followDesk, [agent.id]);
  useKeys({ onHelp: () => setHelp(true) });
  return (
    <div className="desk">
      <a
        className="skip"
        href="#main"
        onClick={(event) => (event.preventDefault(), document.getElementById('main')?.focus())}
      >
        {words('desk.skip')}
      </a>
      <Top agent={agent} onLanguage={onLanguage} onHelp={() => setHelp(true)} />
      <Tabs agent={agent} />
      <Notices agent={agent} />
      <main id="main" tabIndex={-1} data-view={view}>
        <Fallen at={`${view} ${open ?? ''}`}>
          <Shown agent={agent} />
        </Fallen>
      </main>
      <News agent={agent} />
      <Help open={help} onOpen={setHelp} />
    </div>
  );
}

function Shown({ agent }: { readonly agent: Agent }) {
  const { view, open } = usePlace();
  switch (view) {
    case 'queue':
    case 'all':
      return <FloorView view={view} open={open} agent={agent} />;
    case 'requests':
      return <RequestsView open={open} />;
    case 'promises':
      return <PromisesView agent={agent} />;
    case 'mails':
      return <MailsView open={open} agent={agent} />;
    case 'undelivered':
      return <UndeliveredView open={open} agent={agent} />;
    case 'team':
      return <TeamView agent={agent} />;
  }
}
