import { Button, Input, Select } from '@fluentui/react-components';
import { DismissRegular, SearchRegular } from '@fluentui/react-icons';
import { CATEGORIES, LANGUAGES, OFFERINGS, SEVERITIES } from '#knowledge/schema.ts';
import { Shelf, useShelf } from '../data/shelf.ts';
import { useWords, type DeskWords } from '../words.tsx';
import { EVERYTHING, type Filter } from './items.ts';

/** What the agent wants to see; it stays while they are in another view. */
export const filter = new Shelf<Filter>(EVERYTHING);

const FIELDS = ['severity', 'language', 'category', 'offering'] as const;

export function Filters() {
  const words = useWords();
  const now = useShelf(filter);
  const set = (part: Partial<Filter>): void => filter.set({ ...now, ...part });
  return (
    <div className="filters" role="search" aria-label={words('desk.filter')}>
      <Input
        className="words"
        size="small"
        contentBefore={<SearchRegular />}
        aria-label={words('desk.filter.words')}
        placeholder={words('desk.filter.words')}
        value={now.words}
        onChange={(_event, { value }) => set({ words: value })}
      />
      {FIELDS.map((field) => (
        <Select
          key={field}
          size="small"
          aria-label={words(`desk.filter.${field}`)}
          value={now[field]}
          onChange={(_event, { value }) => set({ [field]: value })}
        >
          <option value="">{words(`desk.filter.${field}`)}</option>
          {optionsOf(field, words).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Select>
      ))}
      {now !== EVERYTHING && (
        <Button size="small" appearance="subtle" icon={<DismissRegular />} onClick={() => filter.set(EVERYTHING)}>
          {words('desk.filter.clear')}
        </Button>
      )}
    </div>
  );
}

function optionsOf(field: (typeof FIELDS)[number], words: DeskWords): (readonly [string, string])[] {
  switch (field) {
    case 'severity':
      return SEVERITIES.map((level) => [level, level] as const);
    case 'language':
      return LANGUAGES.map((language) => [language, words(`page.language.${language}`)] as const);
    case 'category':
      return CATEGORIES.map((category) => [category, words.of('page.category.', category)] as const);
    case 'offering':
      return OFFERINGS.map((offering) => [offering, words.of('page.offering.', offering)] as const);
  }
}
