import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Book } from '#knowledge/book.ts';
import type { Rules } from '#knowledge/offering.ts';
import type { Storage } from '#src/log/ports.ts';
import { REQUEST_STATES } from '#src/requests/request.ts';
import type { TriageModel } from '#src/triage/model.ts';
import type { Verbs } from './dispatch.ts';
import { KNOWLEDGE_VERBS } from './knowledge-verbs.ts';
import { readLines } from './read-lines.ts';
import { BadUse, type Given, type Option } from './verb.ts';

/** The commands. Each loads what it needs when it runs: one that only reads the book opens no database. */
const KNOWLEDGE = join(import.meta.dirname, '..', '..', 'knowledge');

const file: Option = {
  value: 'FILE',
  meaning: 'Reads JSON lines from there; from standard input where it is not given.',
};
const gold: Option = { value: 'GOLD', meaning: 'Labelled JSON lines; standard input where it is not given.' };
const report: Option = { value: 'HTML', meaning: 'Writes the evaluation there, with its plots.' };

const floors: Option = { value: 'JSON', meaning: 'What each language must reach; below it, the command ends with 1.' };

export const VERBS: Verbs = {
  triage: {
    meaning: 'Finds category, product and level of free texts, with the words they rest on.',
    options: { file },
    run: async ({ options, out: result, tell }) => {
      const { runTriage } = await import('./triage.ts');
      return runTriage(readLines(options['file']), await triageModel(), { result, tell });
    },
  },
  ask: {
    meaning: 'Answers questions from the book.',
    options: { file },
    run: async ({ options, office, out }) => {
      const [{ runAsk }, book] = await Promise.all([import('./ask.ts'), bookOf(office)]);
      return runAsk(readLines(options['file']), book.search, out);
    },
  },
  decide: {
    meaning: 'Decides who may open what, at which level, by when, and how to be reached.',
    options: { file },
    run: async ({ options, office, out }) => {
      const [{ runDecide }, rules] = await Promise.all([import('./decide.ts'), rulesOf(office)]);
      return runDecide(readLines(options['file']), rules, out);
    },
  },
  'evaluate triage': {
    meaning: 'Scores the triage against labelled texts.',
    options: { file: gold, report, floors },
    run: async ({ options, out }) => {
      const { runEvaluateTriage, triageFloorsSchema } = await import('./evaluate-triage.ts');
      const { readTriageCurve } = await import('#knowledge/triage-model.ts');
      const least = options['floors'] === undefined ? undefined : readJson(options['floors'], triageFloorsSchema);
      const given = {
        model: await triageModel(),
        report: options['report'],
        floors: least,
        curve: readTriageCurve(KNOWLEDGE),
      };
      return runEvaluateTriage(readLines(options['file']), given, out);
    },
  },
  'evaluate ask': {
    meaning: 'Scores the answers against labelled questions.',
    options: { file: gold, report, floors },
    run: async ({ options, office, out }) => {
      const [{ floorsSchema, runEvaluateAsk }, book] = await Promise.all([import('./evaluate-ask.ts'), bookOf(office)]);
      const least = options['floors'] === undefined ? undefined : readJson(options['floors'], floorsSchema);
      const given = { search: book.search, report: options['report'], floors: least };
      return runEvaluateAsk(readLines(options['file']), given, out);
    },
  },
  'evaluate decide': {
    meaning: 'Scores the decisions against labelled questions; 1 where any differs.',
    options: { file: gold, report },
    run: async ({ options, office, out }) => {
      const [{ runEvaluateDecide }, rules] = await Promise.all([import('./evaluate-decide.ts'), rulesOf(office)]);
      return runEvaluateDecide(readLines(options['file']), { rules, report: options['report'] }, out);
    },
  },
  train: {
    meaning: 'Trains the triage model from the examples and writes it where the server reads it.',
    run: async ({ tell }) => (await import('./train.ts')).runTrain(KNOWLEDGE, tell),
  },
  check: {
    meaning:
      'Checks every content file of the book; 1 where anything is wrong. Tells where the sources differ, and who won.',
    options: { values: { value: null, meaning: 'Prints every number, hour, link and duty with its source, too.' } },
    run: async ({ options, office, out }) => {
      const { runCheck } = await import('./check.ts');
      const values = options['values'] !== undefined;
      const { calendarDir, articlesDir } = office;
      return runCheck({ dir: KNOWLEDGE, calendarDir, articlesDir, now: Date.now(), values }, out);
    },
  },
  ...KNOWLEDGE_VERBS,
  chat: {
    meaning: 'The whole conversation in the terminal; /quit ends it.',
    options: {
      as: { value: 'ID', meaning: 'Sample person (local mode); without it, a visitor who is not signed in.' },
      lang: { value: 'LANG', meaning: 'en, zh-CN or ja; without it, the language of the person.' },
    },
    run: async (given) => (await import('./chat.ts')).runChat(given),
  },
  'requests list': {
    meaning: 'The service requests, the oldest first.',
    options: { state: { value: 'STATE', meaning: `Only those: ${REQUEST_STATES.join(' or ')}.` } },
    run: async ({ options, office, out }) => {
      const state = options['state'];
      if (state !== undefined && !REQUEST_STATES.some((each) => each === state))
        throw new BadUse(`--state is ${REQUEST_STATES.join(' or ')}.`);
      const { listRequests } = await import('./requests.ts');
      return withStorage(office, (storage) => listRequests(storage, state, out));
    },
  },
  'requests show': {
    meaning: 'One request with everything that was filed, and its history; 1 where there is none.',
    words: ['NUMBER'],
    run: async ({ words: [number = ''], office, out }) => {
      const { showRequest } = await import('./requests.ts');
      return withStorage(office, (storage) => showRequest(storage, number, out));
    },
  },
  'requests export': {
    meaning: 'Every request whole, the oldest first.',
    run: async ({ office, out }) => {
      const { exportRequests } = await import('./requests.ts');
      return withStorage(office, (storage) => exportRequests(storage, out));
    },
  },
  erase: {
    meaning:
      'Takes a person out of everything that is stored and says what went; 1 where nobody is found, or something is still open for them.',
    options: {
      person: { value: 'ID', meaning: 'The person’s key, as `requests list` shows it.' },
      mail: { value: 'ADDRESS', meaning: 'Everybody who gave this mail address.' },
    },
    run: async (given) => {
      const { runErase } = await import('./erase.ts');
      const code = await withStorage(given.office, (storage) => runErase(storage, given));
      // Also where nobody was found: a run before this one may have been cut off here.
      await given.office.scrub();
      return code;
    },
  },
  pack: {
    meaning:
      'Writes the app packages for Teams, customer.zip and agent.zip; the settings say for which server, bot and cloud.',
    options: {
      developer: { value: 'NAME', meaning: 'In place of TEAMS_DEVELOPER.' },
      privacy: { value: 'URL', meaning: 'In place of TEAMS_PRIVACY_URL.' },
      terms: { value: 'URL', meaning: 'In place of TEAMS_TERMS_URL.' },
      version: { value: 'X.Y.Z', meaning: 'In place of TEAMS_APP_VERSION.' },
      folder: { value: 'FOLDER', meaning: 'Writes them there; manifest/dist where it is not given.' },
    },
    run: async (given) => (await import('./pack.ts')).runPack(given),
  },
  doctor: {
    meaning: 'Looks whether everything that Frontdesk needs is well; 1 where anything is not.',
    run: async ({ office, out }) => (await import('./doctor.ts')).runDoctor(office.checks(), out),
  },
};

/** The book as the server has it, with what the operator supplied. */
async function bookOf({ calendarDir, articlesDir }: Given['office']): Promise<Book> {
  const { BOOK_FOLDER, readBook } = await import('#knowledge/book.ts');
  return readBook(BOOK_FOLDER, { calendarDir, articlesDir });
}

/** The rules as the server has them, with the operator's own calendars. */
async function rulesOf({ calendarDir }: Given['office']): Promise<Rules> {
  return (await import('#knowledge/rules.ts')).readRules(KNOWLEDGE, calendarDir);
}

async function triageModel(): Promise<TriageModel> {
  const [{ readTriageModel }, { buildTriageModel }] = await Promise.all([
    import('#knowledge/triage-model.ts'),
    import('#src/triage/model.ts'),
  ]);
  return buildTriageModel(readTriageModel(KNOWLEDGE));
}

function readJson<T>(path: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new BadUse(`${path} can't be used: ${error instanceof Error ? error.message : 'not readable'}`);
  }
}

async function withStorage(office: Given['office'], work: (storage: Storage) => Promise<number>): Promise<number> {
  const storage = await office.storage();
  try {
    return await work(storage);
  } finally {
    await storage.close();
  }
}
