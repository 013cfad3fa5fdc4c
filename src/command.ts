import { dispatch } from './cli/dispatch.ts';
import { VERBS } from './cli/verbs.ts';
import { officeOf } from './office.ts';

const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);

/** Runs one command line; its exit code: 0, 1 (fell short) or 2 (bad use). */
export function runCommand(argv: readonly string[]): Promise<number> {
  const io = { office: officeOf(process.env), out: write(process.stdout), tell: write(process.stderr) };
  return dispatch(argv, VERBS, io);
}

/** What the one who called can mend (a setting, a file that can't be read) is bad use; the rest fell short. */
export function codeOf(error: unknown): number {
  const isFile = error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
  return isFile || (error instanceof Error && error.name === 'ConfigError') ? 2 : 1;
}
