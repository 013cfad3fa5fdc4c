import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions } from 'smtp-server';
import { smtpPost, type SmtpOptions } from '../../src/outside/mail/smtp.ts';
import { selfSigned } from '../certificate.ts';

export const USER = { user: 'frontdesk', password: 'pässword-46:x' };

/** What a mail server does with the next message: a status and text at that command, silence, or a cut connection. */
export type Fault =
  | { at: 'RCPT' | 'DATA'; status: number }
  | { at: 'after DATA'; status: 'cut' }
  | { at: 'RCPT'; status: 'silent' };

export interface Received {
  raw: string;
  to: string[];
  from: string;
  secure: boolean;
  user: string | undefined;
}

const refusal = ({ status }: Fault) => Object.assign(new Error('canary-refusal'), { responseCode: Number(status) });

/** A real SMTP server on this machine that keeps what it takes, and fails as it is told, once per fault. */
export class MailServer {
  readonly received: Received[] = [];
  readonly faults: Fault[] = [];
  readonly tls = selfSigned();
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();

  private constructor(options: SMTPServerOptions) {
    this.#server = new SMTPServer({
      ...this.tls,
      authOptional: true,
      disableReverseLookup: true,
      onAuth: ({ username, password }, _session, callback) => {
        const isRight = username === USER.user && password === USER.password;
        callback(isRight ? null : new Error('no'), isRight ? { user: username } : undefined);
      },
      onRcptTo: (_address, _session, callback) => {
        const fault = this.#fault('RCPT');
        if (fault?.status === 'silent') return;
        callback(fault && refusal(fault));
      },
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const fault = this.#fault('DATA');
          if (fault) return callback(refusal(fault));
          const { mailFrom, rcptTo } = session.envelope;
          this.received.push({
            raw: Buffer.concat(chunks).toString('utf8'),
            to: rcptTo.map(({ address }) => address),
            from: mailFrom ? mailFrom.address : '',
            secure: session.secure,
            user: session.user === undefined ? undefined : String(session.user),
          });
          // Taken, but nobody hears of it.
          if (this.#fault('after DATA')) for (const socket of this.#sockets) socket.destroy();
          else callback();
        });
      },
      ...options,
    });
    this.#server.on('error', () => undefined);
    this.#server.server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  static async open(options: SMTPServerOptions = {}): Promise<MailServer> {
    const server = new MailServer(options);
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get port(): number {
    const { port } = this.#server.server.address() as AddressInfo;
    return port;
  }

  post(options: Partial<SmtpOptions> = {}): ReturnType<typeof smtpPost> {
    const from = { name: 'Contoso サポート', address: 'support@contoso.example' };
    const { cert: ca } = this.tls;
    return smtpPost({ host: '127.0.0.1', port: this.port, secure: false, requireTls: true, from, ca, ...options });
  }

  /** Where it can be reached, as the setting says it. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #fault(at: Fault['at']): Fault | null {
    const [next] = this.faults;
    if (next?.at !== at) return null;
    this.faults.shift();
    return next;
  }
}
