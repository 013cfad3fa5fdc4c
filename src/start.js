import { useCompileCache } from './compile-cache.js';
import { packedServer } from './packed-server.js';

/**
 * Starts the server; what `npm start` runs. Plain JavaScript: the stripper of types alone would take a tenth of the start. The
 * compile cache is on and the runtime is checked before anything else is loaded: the rest of the house comes with modules
 * that an older Node.js can't even load.
 */
try {
  useCompileCache();
  const { config, serve } = packedServer();
  const { checkRuntime, readConfig } = await config();
  checkRuntime(process.version);
  // A wrong setting is told before anybody waits for the rest to load.
  const settings = readConfig(process.env);
  await (await serve()).serve(settings);
} catch (error) {
  const told = error instanceof Error ? error.message : 'unknown error';
  const expected = error instanceof Error && error.name === 'ConfigError';
  process.stderr.write(`Frontdesk can't start:${expected ? '\n' : ' '}${told}\n`);
  process.exit(1);
}
