import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface Started {
  readonly port: number;
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Starts test/http/server.ts as a process of its own, with a data folder of its own. */
export async function start(env: Record<string, string> = {}): Promise<Started> {
  const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-door-'));
  const file = fileURLToPath(new URL('server.ts', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', file], {
    env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const ready = new Promise<number>((resolve, reject) => {
    const onData = (chunk: Buffer) => {
      printed += chunk.toString();
      const port = /\{"port":(\d+)\}/.exec(printed)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout.on('data', onData);
    child.stderr.on('data', onData);
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${printed}`)));
  });
  const port = await ready;
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { port, url: `http://127.0.0.1:${port}`, child, output: () => printed, stop };
}

const Memory = z.object({ rss: z.number(), pid: z.number(), begun: z.number() });
/** What the server says of its own memory after a garbage collection, and how many slow requests it has begun. */
export const memoryOf = async (server: Started) => Memory.parse(await (await fetch(`${server.url}/memory`)).json());

const Failure = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string() }) });
/** The code of an error answer, which must have the one form. */
export const errorOf = async (response: Response) => Failure.parse(await response.json()).error.code;

export interface Raw {
  /** 0: the connection was closed without an answer. */
  readonly status: number;
  readonly text: string;
  readonly ms: number;
}

/** Sends bytes as they are and reads until the first answer is whole, the peer closes, or `patience` ms are over. */
export function raw(
  port: number,
  parts: readonly (string | Buffer)[],
  options: { end?: boolean; patience?: number } = {},
) {
  return new Promise<Raw>((resolve) => {
    const started = performance.now();
    const socket = connect(port, '127.0.0.1');
    let text = '';
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0);
      resolve({ status, text, ms: performance.now() - started });
    };
    const timer = setTimeout(finish, options.patience ?? 60_000);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      const [head, body] = text.split('\r\n\r\n', 2);
      const length = /content-length: (\d+)/i.exec(head ?? '')?.[1];
      if (body !== undefined && (length === undefined || body.length >= Number(length))) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
    for (const part of parts) socket.write(part);
    if (options.end) socket.end();
  });
}

/** A POST with a JSON body, as raw bytes. */
export const post = (
  path: string,
  body: string | Buffer,
  headers: readonly string[] = ['Content-Type: application/json'],
) => {
  const bytes = Buffer.from(body);
  const head = [`POST ${path} HTTP/1.1`, 'Host: x', ...headers, `Content-Length: ${bytes.length}`, '', ''].join('\r\n');
  return [head, bytes];
};
