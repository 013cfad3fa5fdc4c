import { writeFileSync } from 'node:fs';
import { exportJWK, generateKeyPair } from 'jose';
import { createExampleHost } from './server.ts';

/**
 * Tries the example on this machine: `node src/chat/example-host/main.ts`, then start Frontdesk with the file that it names:
 * `CHAT_HOSTS=data/example-hosts.json npm start`, and open http://127.0.0.1:4000/.
 */
const FILE = 'data/example-hosts.json';
const { publicKey, privateKey } = await generateKeyPair('ES256');
const keys = [{ ...(await exportJWK(publicKey)), kid: 'example-1', alg: 'ES256' }];
const host = {
  origins: ['http://127.0.0.1:4000'],
  tenants: ['contoso'],
  cloud: 'worldwide',
  offering: 'worldwide',
  keys,
};
writeFileSync(FILE, JSON.stringify({ example: host }, null, 2));

createExampleHost({
  frontdesk: 'http://127.0.0.1:3978',
  audience: 'frontdesk',
  id: 'example',
  key: privateKey,
  kid: 'example-1',
  userOf: () => ({
    sub: 'adele',
    tid: 'contoso',
    name: 'Adele Vance',
    email: 'adele@contoso.example',
    roles: ['Global Administrator'],
    purchase: 'direct',
  }),
}).listen(4000, '127.0.0.1');
process.stdout.write(`Wrote ${FILE}. Start Frontdesk with CHAT_HOSTS=${FILE}, then open http://127.0.0.1:4000/\n`);
