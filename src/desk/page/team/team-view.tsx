import { colleagues, ownRecord, type Agent, type Colleague } from '../data/office.ts';
import { useShelf } from '../data/shelf.ts';
import { useWords, type DeskWords } from '../words.tsx';
import { SkillsForm } from './skills-form.tsx';

/** Who is there, and what I serve. */
export function TeamView({ agent }: { readonly agent: Agent }) {
  const words = useWords();
  const all = useShelf(colleagues);
  const own = ownRecord(agent, all);
  return (
    <div className="page team">
      <section aria-labelledby="team-title">
        <h2 id="team-title">{words('desk.team.title')}</h2>
        <div className="frame" tabIndex={0} role="region" aria-labelledby="team-title">
          <table>
            <thead>
              <tr>
                <th scope="col">{words('desk.field.name')}</th>
                <th scope="col">{words('desk.team.presence')}</th>
                <th scope="col">{words('desk.team.load')}</th>
                <th scope="col">{words('desk.team.languages')}</th>
                <th scope="col">{words('desk.team.categories')}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((one) => (
                <TeamRow key={one.id} colleague={one} isMe={one.id === agent.id} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      {own && <SkillsForm key={own.id} own={own} />}
    </div>
  );
}

function TeamRow({ colleague, isMe }: { readonly colleague: Colleague; readonly isMe: boolean }) {
  const words = useWords();
  const { name, role, load, capacity, languages, categories } = colleague;
  return (
    <tr>
      <th scope="row">
        {name} {isMe && <em>{words('desk.team.me')}</em>}
        <small>{words(`desk.agentRole.${role}`)}</small>
      </th>
      <td>
        <span className="here" data-presence={presenceOf(colleague)}>
          {words(`desk.presence.${presenceOf(colleague)}`)}
        </span>
      </td>
      <td>{words('desk.load.of', { count: load, capacity })}</td>
      <td>{listed(languages, 'page.language.', words)}</td>
      <td>{listed(categories, 'page.category.', words)}</td>
    </tr>
  );
}

const presenceOf = ({ there, presence }: Colleague): Colleague['presence'] => (there ? presence : 'gone');

/** None named: all. */
function listed(ids: readonly string[], prefix: string, words: DeskWords): string {
  return ids.length === 0 ? words('desk.team.all') : ids.map((id) => words.of(prefix, id)).join(words('desk.join'));
}
