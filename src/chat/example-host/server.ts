import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { SignJWT, type CryptoKey } from 'jose';

/**
 * A host page as somebody else would write it: its own server, its own sign-in, and the one route that names its signed-in
 * user to Frontdesk. Copy `assertionFor` and the two lines of the page; the rest stands for what you have already.
 */
export interface HostOptions {
  /** Address of Frontdesk, also what `aud` names (in local mode: `frontdesk`). */
  readonly frontdesk: string;
  readonly audience: string;
  /** Id of this host in Frontdesk's `CHAT_HOSTS` file. */
  readonly id: string;
  /** Private key whose public half is in that file, and its id. */
  readonly key: CryptoKey;
  readonly kid: string;
  /** Who is signed in by that request; null: nobody. Yours: the session of your admin center. */
  readonly userOf: (request: IncomingMessage) => HostUser | null;
}

/** The claims, in the names of OpenID Connect and Microsoft Entra ID; leave out what you don't know. */
export interface HostUser {
  readonly sub: string;
  readonly tid: string;
  readonly [claim: string]: unknown;
}

/** One use, a few minutes: made when the chat asks, never put into the page. */
function assertionFor(user: HostUser, { id, audience, key, kid }: HostOptions): Promise<string> {
  return new SignJWT({ ...user })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer(id)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime('5 min')
    .setJti(randomUUID())
    .sign(key);
}

const page = (frontdesk: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Contoso admin</title></head>
<body><h1>Contoso admin</h1>
<script src="${frontdesk}/chat/embed.js" data-identity="/frontdesk-identity" async></script>
</body></html>`;

/** The server of the example; it isn't listening yet. */
export function createExampleHost(options: HostOptions): Server {
  return createServer((request, response) => void answer(request, response, options));
}

async function answer(request: IncomingMessage, response: ServerResponse, options: HostOptions): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://host');
  if (pathname === '/') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(page(options.frontdesk));
  } else if (pathname === '/frontdesk-identity') {
    const user = options.userOf(request);
    const assertion = user === null ? null : await assertionFor(user, options);
    response.setHeader('content-type', 'application/json');
    response.setHeader('cache-control', 'no-store');
    response.end(JSON.stringify({ assertion }));
  } else {
    response.statusCode = 404;
    response.end();
  }
}
