import { Select } from '@fluentui/react-components';
import type { Language } from '#knowledge/schema.ts';
import { languageOf, PAGE_LANGUAGES } from '#src/chat/page/words.ts';
import { useWords } from '../words.tsx';

/** The page's language, each under its own name. */
export function LanguageSelect({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const words = useWords();
  return (
    <Select
      className="language"
      appearance="filled-lighter"
      aria-label={words('desk.language')}
      value={words.language}
      onChange={(_event, { value }) => onLanguage(languageOf(value) ?? 'en')}
    >
      {PAGE_LANGUAGES.map((language) => (
        <option key={language} value={language} lang={language}>
          {words(`page.language.${language}`)}
        </option>
      ))}
    </Select>
  );
}
