import { spawn } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', '..', 'src', 'start.js');

/** How a start ended that was meant to fail. */
export interface Ended {
  readonly code: number | null;
  readonly printed: string;
  readonly ms: number;
}

/** Runs the real server with nothing but these settings and waits for its end; one that goes on is killed (code null). */
export function startInVain(env: Record<string, string | undefined>): Promise<Ended> {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(process.execPath, [MAIN], { env: { PATH: process.env['PATH'], ...env } });
    let printed = '';
    const onData = (chunk: Buffer) => (printed += chunk.toString());
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    const timer = setTimeout(() => child.kill('SIGKILL'), 200_000);
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, printed, ms: performance.now() - began });
    });
  });
}
