import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A port that a browser is told once, and behind it, one after the other, the servers of the files that use this browser. */
export interface Doorway {
  readonly port: number;
  /** From now on; who is still talking to what stood behind it before is cut off. Undefined: nothing is behind it. */
  leadTo(port: number | undefined): void;
}

export async function openDoorway(): Promise<Doorway> {
  const open = new Set<Socket>();
  let behind: number | undefined;
  const server = createServer({ noDelay: true }, (inside) => {
    if (behind === undefined) return void inside.destroy();
    const outside = connect({ port: behind, host: '127.0.0.1', noDelay: true });
    for (const [one, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      open.add(one);
      one.once('error', () => other.destroy());
      one.once('close', () => open.delete(one));
      one.pipe(other);
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // It goes with the process.
  server.unref();
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(port) {
      behind = port;
      for (const socket of open) socket.destroy();
    },
  };
}
