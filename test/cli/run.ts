import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli.js');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** stdout as JSON lines. */
  readonly lines: Record<string, unknown>[];
  readonly ms: number;
}

export interface RunOptions {
  readonly input?: string;
  readonly env?: Record<string, string>;
  /** Node's own options, before the script. */
  readonly node?: readonly string[];
}

/** Runs the command line as a user does, as a process of its own; stdin ends after `input`. */
export function run(args: readonly string[], { input = '', env = {}, node = [] }: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [...node, CLI, ...args], {
      env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.once('error', reject);
    child.once('close', (code) => {
      const parsed = () =>
        out
          .trim()
          .split('\n')
          .map((line): Record<string, unknown> => JSON.parse(line));
      const ms = performance.now() - began;
      resolve({ code, out, err, ms, get lines() { return out.trim() === '' ? [] : parsed(); } }); // prettier-ignore
    });
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** A data folder of its own for the length of `work`. */
export async function withData<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-cli-'));
  try {
    return await work(dataDir);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

export const jsonl = (rows: readonly unknown[]): string => rows.map((row) => JSON.stringify(row)).join('\n');
