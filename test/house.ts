import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', 'src', 'start.js');

/** The whole server as its own process, as a user starts it: driven from outside, killed like the real one. */
export interface House {
  readonly url: string;
  readonly dataDir: string;
  /** The address of its PostgreSQL; undefined: SQLite in `dataDir`. */
  readonly database: string | undefined;
  readonly pid: number;
  output(): string;
  /** Sends the signal and waits for the end. Returns the exit code; null where the signal itself ended it. */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
  /** Starts it again on the same data and port. Returns the milliseconds until it was ready. */
  restart(): Promise<number>;
  /** Kills it and removes its data. */
  end(): Promise<void>;
}

export async function openHouse(env: Record<string, string> = {}): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let output = '';
  let child: ChildProcess;
  const start = async (): Promise<number> => {
    const began = performance.now();
    const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' };
    child = spawn(process.execPath, [MAIN], {
      env: { ...inherited, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    child.stderr?.on('data', (bytes: Buffer) => (output += bytes.toString()));
    await ready(
      url,
      () => child.exitCode ?? child.signalCode,
      () => output,
    );
    return performance.now() - began;
  };
  const kill = async (signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
    return child.exitCode;
  };
  const remove = (): void => {
    child.kill('SIGKILL');
    rmSync(dataDir, { recursive: true, force: true });
  };
  // A test that fails before its end leaves nothing behind, either.
  process.once('exit', remove);
  await start();
  return {
    url,
    dataDir,
    database: env['DATABASE_URL'],
    get pid() {
      return child.pid ?? 0;
    },
    output: () => output,
    kill,
    restart: start,
    async end() {
      await kill();
      process.off('exit', remove);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function ready(url: string, ended: () => unknown, output: () => string): Promise<void> {
  for (const began = performance.now(); performance.now() - began < 110_000;) {
    if (ended() !== null) throw new Error(`the server ended: ${output()}`);
    try {
      if ((await listens(url)) && (await fetch(`${url}/readyz`)).status === 200) return;
    } catch {
      // not listening any more
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the server was not ready in time: ${output()}`);
}

/** A tenth of what a question that nobody hears costs, and of those a start has a hundred. */
function listens(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const knock = connect(Number(new URL(url).port), '127.0.0.1');
    knock.once('error', () => resolve(false));
    knock.once('connect', () => {
      knock.destroy();
      resolve(true);
    });
  });
}

/** Below 32768, out of the range from which clients take their ports. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const free = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => {
        const taken = (server.address() as AddressInfo).port;
        server.close(() => resolve(taken === port));
      });
    });
    if (free) return port;
  }
}
