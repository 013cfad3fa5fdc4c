import { parseArgs } from 'node:util';
import { BadUse, type Given, type Verb } from './verb.ts';

export type Verbs = Readonly<Record<string, Verb>>;
type Io = Omit<Given, 'options' | 'words'>;

const CALL = 'npm run -s frontdesk --';

/**
 * Finds the verb of a command line and runs it. Returns the exit code: 0, 1 where it fell short, 2 for bad use, which is told
 * on stderr together with what there is.
 */
export async function dispatch(argv: readonly string[], verbs: Verbs, io: Io): Promise<number> {
  const asksForHelp = argv[0] === '--help' || argv[0] === '-h' || argv[0] === 'help';
  if (asksForHelp && argv.length === 1) {
    io.out(listOf(verbs));
    return 0;
  }
  try {
    const { name, verb, rest } = find(asksForHelp ? [...argv.slice(1), '--help'] : argv, verbs);
    const { options, words, help } = read(name, verb, rest);
    if (help) {
      io.out(helpOf(name, verb));
      return 0;
    }
    return await verb.run({ ...io, options, words });
  } catch (error) {
    if (!(error instanceof BadUse)) throw error;
    io.tell(error.message);
    return 2;
  }
}

function find(argv: readonly string[], verbs: Verbs): { name: string; verb: Verb; rest: readonly string[] } {
  for (const count of [2, 1]) {
    const name = argv.slice(0, count).join(' ');
    const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
    if (verb) return { name, verb, rest: argv.slice(count) };
  }
  const [first = ''] = argv;
  const family = Object.fromEntries(Object.entries(verbs).filter(([name]) => name.startsWith(`${first} `)));
  if (first === '') throw new BadUse(`Which command?\n${listOf(verbs)}`);
  if (Object.keys(family).length > 0) throw new BadUse(`"${first}" needs one of these:\n${listOf(family)}`);
  throw new BadUse(`There is no command "${first}".\n${listOf(verbs)}`);
}

function read(name: string, verb: Verb, args: readonly string[]) {
  const { values, positionals: words } = parsed(name, verb, args);
  const { help, ...given } = values;
  const missing = (verb.words ?? []).slice(words.length);
  if (help !== true && (missing.length > 0 || words.length > (verb.words ?? []).length))
    throw new BadUse(
      `${missing.length > 0 ? `Missing: ${missing.join(' ')}.` : 'Too many words.'}\n${helpOf(name, verb)}`,
    );
  const options: Record<string, string | undefined> = {};
  for (const [option, value] of Object.entries(given)) options[option] = typeof value === 'string' ? value : '';
  return { options, words, help: help === true };
}

function parsed(name: string, verb: Verb, args: readonly string[]) {
  const own = Object.entries(verb.options ?? {}).map(
    ([option, { value }]) => [option, { type: value === null ? ('boolean' as const) : ('string' as const) }] as const,
  );
  const options = { ...Object.fromEntries(own), help: { type: 'boolean' as const, short: 'h' } };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new BadUse(`${error instanceof Error ? error.message : 'Not understood.'}\n${helpOf(name, verb)}`);
  }
}

function usageOf(name: string, { options = {}, words = [] }: Verb): string {
  const optional = Object.entries(options).map(
    ([option, { value }]) => `[--${option}${value === null ? '' : ` ${value}`}]`,
  );
  return [name, ...words, ...optional].join(' ');
}

function helpOf(name: string, verb: Verb): string {
  const options = Object.entries(verb.options ?? {}).map(
    ([option, { value, meaning }]) => `  --${option}${value === null ? '' : ` ${value}`}  ${meaning}`,
  );
  return [`${CALL} ${usageOf(name, verb)}`, `  ${verb.meaning}`, ...options].join('\n');
}

function listOf(verbs: Verbs): string {
  const lines = Object.entries(verbs).map(([name, verb]) => `  ${usageOf(name, verb)}\n      ${verb.meaning}`);
  return [`${CALL} <command>`, ...lines].join('\n');
}
