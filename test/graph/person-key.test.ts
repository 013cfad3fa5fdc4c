import { describe, expect, it } from 'vitest';
import type { InboundActivity } from '#bot/inbound.ts';
import { personKey, provenBy } from '#bot/person-key.ts';

const TENANT = '0b1c2d3e-4f50-4617-8293-a4b5c6d7e8f9';
const OBJECT = '7d0c6b1a-3f2e-4d5c-8b9a-0f1e2d3c4b5a';

function activity(part: { channelId?: string; id?: string; aad?: string; tenant?: string }): InboundActivity {
  return {
    type: 'message',
    channelId: part.channelId ?? 'msteams',
    from: { id: part.id ?? '29:1abc', ...(part.aad !== undefined && { aadObjectId: part.aad }) },
    conversation: { id: 'c1', ...(part.tenant !== undefined && { tenantId: part.tenant }) },
  };
}

const proven = (of: InboundActivity) => provenBy(of.channelId, personKey(of));

describe('who is proven by a channel', () => {
  it('Teams proves tenant and object id', () => {
    expect(proven(activity({ aad: OBJECT, tenant: TENANT }))).toEqual({ tenant: TENANT, objectId: OBJECT });
  });

  it.each([
    ['another channel, whatever it says', activity({ channelId: 'directline', aad: OBJECT, tenant: TENANT })],
    ['another channel whose client chose an id', activity({ channelId: 'webchat', id: OBJECT, tenant: TENANT })],
    ['a channel that begins like Teams', activity({ channelId: 'msteams:x', aad: OBJECT, tenant: TENANT })],
    ['a channel in capitals', activity({ channelId: 'MSTEAMS', aad: OBJECT, tenant: TENANT })],
    ['Teams without an object id', activity({ tenant: TENANT })],
    ['Teams with an own id that looks like an object id', activity({ id: OBJECT, tenant: TENANT })],
    ['Teams with an object id that is none', activity({ aad: `${OBJECT}/../x`, tenant: TENANT })],
    ['Teams without a tenant', activity({ aad: OBJECT })],
    ['a tenant that is a path', activity({ aad: OBJECT, tenant: `../${TENANT}` })],
    ['a tenant that holds a whole key', activity({ id: 'x', tenant: `${TENANT}:${OBJECT}` })],
  ])('%s proves nothing', (_name, of) => {
    expect(proven(of)).toBeNull();
  });

  it('keys of hosts, samples and the web chat prove nothing on any channel', () => {
    for (const key of [`host:portal:${TENANT}:${OBJECT}`, `sample:${OBJECT}`, `anonymous:${OBJECT}`, OBJECT])
      for (const channel of ['msteams', 'directline']) expect(provenBy(channel, key)).toBeNull();
  });

  it('keeps the keys that people have, so that their requests stay theirs', () => {
    expect(personKey(activity({ aad: OBJECT, tenant: TENANT }))).toBe(`msteams:${TENANT}:${OBJECT}`);
    expect(personKey(activity({ channelId: 'webchat', id: 'dl_1' }))).toBe('webchat::dl_1');
  });
});
