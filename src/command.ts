import { dispatch } from './cli/dispatch.ts';
import { VERBS } from './cli/verbs.ts';
import { officeOf } from './office.ts';

const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);

/** Runs one command line; its exit code: 0, 1 (fell short) or 2 (bad use). */
export function runCommand(argv: readonly string[]): Promise<number> {
  const io = { office: officeOf(process.env), out: write(process.stdout), tell: write(process.stderr) };
  return dispatch(argv, VERBS, io);
}
