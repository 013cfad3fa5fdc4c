import { enableCompileCache } from 'node:module';
import { checkRuntime } from './config.ts';

/**
 * The command line: results on stdout, messages on stderr, exit 0, 1 (fell short) or 2 (bad use). The runtime is checked
 * before anything else is loaded, see start.js.
 */
const write = (stream: NodeJS.WriteStream) => (line: string) => void stream.write(`${line}\n`);

// Whoever reads our output may stop reading: `frontdesk requests list | head -1`.
process.stdout.on('error', () => process.exit(0));

async function run(): Promise<number> {
  checkRuntime(process.version);
  enableCompileCache();
  const [{ dispatch }, { VERBS }, { officeOf }] = await Promise.all([
    import('./cli/dispatch.ts'),
    import('./cli/verbs.ts'),
    import('./office.ts'),
  ]);
  const io = { office: officeOf(process.env), out: write(process.stdout), tell: write(process.stderr) };
  return dispatch(process.argv.slice(2), VERBS, io);
}

/** What the one who called can mend (a setting, a file that can't be read) is bad use; the rest fell short. */
function codeOf(error: unknown): number {
  const isFile = error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
  return isFile || (error instanceof Error && error.name === 'ConfigError') ? 2 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = codeOf(error);
}
// Nothing that was left open may keep a terminal waiting; what is written is written first.
setTimeout(() => process.exit(), 2_000).unref();
