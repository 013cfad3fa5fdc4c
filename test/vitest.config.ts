import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    include: ['test/**/*.test.ts'],
    // By default one core is left idle, though most of these tests wait for a browser or a server.
    maxWorkers: 2,
  },
});
