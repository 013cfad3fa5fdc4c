import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import { expect, test } from 'vitest';
import { keepKeys } from '#bot/channel-keys.ts';
import { openIssuer } from './issuer.ts';
import { openSink } from './sink.ts';

test('who gives out keys and falls silent is not waited for: known keys are believed, unknown ones are not', async () => {
  const issuer = await openIssuer();
  let isSilent = false;
  const front = await openSink((_request, response) => {
    if (isSilent) return;
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jwks_uri: `${issuer.sink.url}/keys` }));
  });
  const url = `${front.url}/openid`;
  const { openIdMetadata: keys } = new JwtTokenExtractor({}, url, ['RS256']);
  try {
    // Looked up beforehand: the first answer may take what it likes.
    await keys.getKey('k1');
    keepKeys(url, 500);
    const known = await keys.getKey('k1');
    expect(known).not.toBeNull();
    isSilent = true;
    // A day later.
    Reflect.set(keys, 'lastUpdated', 0);
    expect(await keys.getKey('k1')).toEqual(known);
    const asked = front.seen.length;
    expect(await keys.getKey('k1')).toEqual(known);
    expect(front.seen, 'a minute of rest').toHaveLength(asked);
    await expect(keys.getKey('made-up')).rejects.toThrow('no answer');
  } finally {
    await front.close();
    await issuer.close();
  }
});
