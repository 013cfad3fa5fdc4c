import { useCompileCache } from './compile-cache.js';
import { packedServer } from './packed-server.js';

/**
 * The command line: results on stdout, messages on stderr, exit 0, 1 (fell short) or 2 (bad use). The runtime is checked
 * before anything else is loaded, and it is packed and in plain JavaScript, see start.js.
 */

// Whoever reads our output may stop reading: `frontdesk requests list | head -1`.
process.stdout.on('error', () => process.exit(0));

try {
  useCompileCache();
  const { config, command } = packedServer();
  const { checkRuntime } = await config();
  checkRuntime(process.version);
  process.exitCode = await (await command()).runCommand(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'failed'}\n`);
  process.exitCode = codeOf(error);
}
// Nothing that was left open may keep a terminal waiting; what is written is written first.
setTimeout(() => process.exit(), 2_000).unref();

/**
 * What the one who called can mend (a setting, a file that can't be read) is bad use; the rest fell short.
 * @param {unknown} error
 */
function codeOf(error) {
  const isFile = error instanceof Error && 'code' in error && /^E[A-Z]+$/.test(String(error.code));
  return isFile || (error instanceof Error && error.name === 'ConfigError') ? 2 : 1;
}
