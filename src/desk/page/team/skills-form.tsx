import { Checkbox, Field, SpinButton } from '@fluentui/react-components';
import { useState } from 'react';
import { CATEGORIES, LANGUAGES } from '#knowledge/schema.ts';
import { setSkills, type Colleague } from '../data/office.ts';
import { BusyButton } from '../parts/busy-button.tsx';
import { useWords } from '../words.tsx';

const MOST_AT_A_TIME = 50;

/** What I serve: it decides who is offered to me. Nothing ticked means everything. */
export function SkillsForm({ own }: { readonly own: Colleague }) {
  const words = useWords();
  const [languages, setLanguages] = useState(own.languages);
  const [categories, setCategories] = useState(own.categories);
  const [capacity, setCapacity] = useState(own.capacity);
  const [told, setTold] = useState('');
  const save = async (): Promise<void> => {
    const done = await setSkills({ languages, categories, capacity });
    setTold(words(done ? 'desk.skills.saved' : 'desk.refused.silent'));
  };
  return (
    <section className="skills" aria-labelledby="skills-title">
      <h2 id="skills-title">{words('desk.skills.title')}</h2>
      <p className="hint">{words('desk.skills.hint')}</p>
      <Ticks
        name={words('desk.team.languages')}
        all={LANGUAGES}
        prefix="page.language."
        ticked={languages}
        onTick={setLanguages}
      />
      <Ticks
        name={words('desk.team.categories')}
        all={CATEGORIES}
        prefix="page.category."
        ticked={categories}
        onTick={setCategories}
      />
      <Field label={words('desk.skills.capacity')}>
        <SpinButton
          min={1}
          max={MOST_AT_A_TIME}
          value={capacity}
          onChange={(_event, { value, displayValue }) => setCapacity(wholeOf(value ?? Number(displayValue), capacity))}
        />
      </Field>
      <div className="actions">
        <BusyButton appearance="primary" onDo={save}>
          {words('desk.skills.save')}
        </BusyButton>
        <span role="status">{told}</span>
      </div>
    </section>
  );
}

interface TicksProps<T extends string> {
  readonly name: string;
  readonly all: readonly T[];
  readonly prefix: string;
  readonly ticked: readonly T[];
  readonly onTick: (ticked: readonly T[]) => void;
}

function Ticks<T extends string>({ name, all, prefix, ticked, onTick }: TicksProps<T>) {
  const words = useWords();
  return (
    <fieldset>
      <legend>{name}</legend>
      {all.map((id) => (
        <Checkbox
          key={id}
          label={words.of(prefix, id)}
          checked={ticked.includes(id)}
          onChange={(_event, { checked }) =>
            onTick(checked === true ? [...ticked, id] : ticked.filter((one) => one !== id))
          }
        />
      ))}
    </fieldset>
  );
}

/** A number of people at a time; what is none leaves it as it was. */
function wholeOf(value: number, before: number): number {
  return Number.isInteger(value) && value >= 1 && value <= MOST_AT_A_TIME ? value : before;
}
