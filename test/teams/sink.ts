import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as the far side saw it. */
export interface Seen {
  method: string;
  path: string;
  authorization: string | undefined;
  body: string;
  at: number;
}

/** A far side that notes every connection and answers as told. */
export interface Sink {
  readonly url: string;
  readonly port: number;
  readonly seen: Seen[];
  /** TCP connections so far, whether or not anything was said on them. */
  readonly connections: () => number;
  close(): Promise<void>;
}

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

const ok: Answering = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end('{"id":"1"}');
};

export async function openSink(answer: Answering = ok): Promise<Sink> {
  const seen: Seen[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('error', () => undefined);
    request.on('data', (bytes: Buffer) => (body += bytes.toString()));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      seen.push({ method, path: url, authorization: headers.authorization, body, at: performance.now() });
      answer(request, response);
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    connections: () => connections,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
