import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LANGUAGES, type Language } from '#knowledge/schema.ts';
import { WORDS, type Words } from './words.ts';

/** A document as Microsoft would write it, with every sentence that it says: each occurs nowhere else. */
export interface MadeDocument {
  readonly path: string;
  readonly text: string;
  readonly sentences: readonly string[];
}

/** What every made document may include. */
export const INCLUDED = 'includes/support-note.md';
export const INCLUDE_TEXT = '---\ntitle: none\n---\nShared note for everybody, see [the overview](../overview.md).\n';

/** The `at`-th document of a language: always the same, with other constructs than its neighbours. */
export function makeDocument(at: number, language: Language): MadeDocument {
  const words = WORDS[language];
  const [file, subject] = words.subjects[at % words.subjects.length] ?? ['page', 'page'];
  const round = Math.floor(at / words.subjects.length);
  const sentences: string[] = [];
  const say = (): string => {
    const number = (at + 1) * 1_000 + sentences.length;
    const template = words.sentences[(at + sentences.length) % words.sentences.length] ?? '{s} {n}';
    const sentence = template.replace('{s}', subject).replace('{n}', String(number));
    sentences.push(sentence);
    return sentence;
  };
  const path = `${words.folder}/${round === 0 ? '' : `part-${round}/`}${file}.md`;
  const up = round === 0 ? '../' : '../../';
  const text = [
    head(subject, at),
    `# ${subject} ${round === 0 ? '' : round}\n`,
    `${say()} [${words.headings.related}](add-users.md#${file}) ${say()}\n`,
    alert(at, say),
    ...PARTS.filter((_, part) => (at + part) % 3 !== 0).map((part) => part({ words, subject, say, at, up })),
    `## ${words.headings.related}\n\n- [${say()}](/microsoft-365/admin/)\n- [${say()}](add-users.md)\n`,
  ].join('\n');
  return { path, text, sentences };
}

function head(subject: string, at: number): string {
  const date = `0${(at % 9) + 1}/${String((at % 27) + 1).padStart(2, '0')}/2025`;
  return `---\ntitle: "${subject}"\nms.author: someone\naudience: ${at % 2 === 0 ? 'Admin' : 'End user'}\nms.topic: how-to\nms.date: ${date}\ndescription: "${subject}"\n---\n`;
}

const ALERTS = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'];

function alert(at: number, say: () => string): string {
  return `> [!${ALERTS[at % ALERTS.length]}]\n> ${say()}\n>\n> - ${say()}\n> - ${say()}\n`;
}

interface Making {
  words: Words;
  subject: string;
  say: () => string;
  at: number;
  up: string;
}

const PARTS: readonly ((making: Making) => string)[] = [
  ({ words, say, up }) =>
    `## ${words.headings.before}\n\n${say()}\n\n[!INCLUDE [support note](${up}includes/support-note.md)]\n\n<!-- for the authors only -->\n${say()}\n`,
  ({ words, subject, say }) =>
    `## ${words.headings.steps}\n\n1. ${say()}\n\n   ![${words.picture.replace('{s}', subject)}](media/page.png)\n\n2. ${say()}\n   - ${say()}\n   - ${say()}\n     1. ${say()}\n3. ${say()}\n\n   \`\`\`powershell\n   Get-Mailbox -Identity <user>\n   \`\`\`\n`,
  ({ words: { headings, columns }, say }) =>
    `## ${headings.settings}\n\n| ${columns.join(' | ')} |\n|---|---|---|\n| **A** | ${say()} | ${say()} |\n| B | \`x\\|y\` | ${say()} <br> ${say()} |\n`,
  ({ words, say }) =>
    `## ${words.headings.clients}\n\n# [Windows](#tab/windows)\n\n${say()}\n\n### macOS?\n\n${say()}\n\n# [Web](#tab/web)\n\n${say()}\n\n---\n\n${say()}\n`,
  ({ say }) =>
    `::: moniker range="o365-worldwide"\n\n${say()}\n\n::: moniker-end\n\n::: moniker range=">=exchserver-2016"\n\n${say()}\n\n::: moniker-end\n\n::: zone pivot="windows,mac"\n${say()}\n::: zone-end\n`,
  ({ say }) =>
    `:::row:::\n   :::column span="2":::\n   ${say()}\n   :::column-end:::\n:::row-end:::\n\n:::image type="content" source="media/a.png" alt-text="The pane" lightbox="media/b.png":::\n\n<p>${say()}</p>\n\nPress <kbd>F5</kbd> – ${say()}\n\n> [!VIDEO https://www.microsoft.com/videoplayer/embed/RE1]\n\n> [!div class="nextstepaction"]\n> [${say()}](add-users.md)\n`,
];

/** All documents of one round, in every language: 51. */
export function makeFolder(): MadeDocument[] {
  return LANGUAGES.flatMap((language) => WORDS[language].subjects.map((_, at) => makeDocument(at, language)));
}

/** Writes documents below `dir`, with the include they need and a licence. */
export function writeFolder(dir: string, documents: readonly MadeDocument[]): void {
  const files = [
    ...documents,
    { path: INCLUDED, text: INCLUDE_TEXT },
    { path: 'LICENSE', text: 'Creative Commons Attribution 4.0 International\n\nMade for tests.\n' },
  ];
  for (const { path, text } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

// Run by itself, it writes the folder that is kept: `node test/import/make-docs.ts`.
if (import.meta.main) writeFolder(join(import.meta.dirname, 'docs'), makeFolder());
