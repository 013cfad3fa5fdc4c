import { useCompileCache } from './compile-cache.ts';
import { checkRuntime, ConfigError, readConfig } from './config.ts';

/**
 * Starts the server. The runtime is checked and the compile cache is on before anything else is loaded: the rest of the
 * house comes with modules that an older Node.js can't even load.
 */
try {
  checkRuntime(process.version);
  useCompileCache();
  // A wrong setting is told before anybody waits for the rest to load.
  const config = readConfig(process.env);
  const { serve } = await import('./serve.ts');
  await serve(config);
} catch (error) {
  const expected = error instanceof ConfigError;
  process.stderr.write(
    `${expected ? `Frontdesk can't start:\n${error.message}` : `Frontdesk can't start: ${error instanceof Error ? error.message : 'unknown error'}`}\n`,
  );
  process.exit(1);
}
