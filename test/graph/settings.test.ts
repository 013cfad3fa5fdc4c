import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '#src/config.ts';
import type { Environment } from '#src/config.ts';
import { openHouse } from '../house.ts';
import { APP } from './microsoft.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-settings-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const GRAPH = { GRAPH_CLIENT_ID: APP.clientId, GRAPH_CLIENT_SECRET: APP.secret };
const CHINA = { GRAPH_CHINA_CLIENT_ID: APP.clientId, GRAPH_CHINA_CLIENT_SECRET: APP.secret };
const BOT = {
  MicrosoftAppId: '6f2a0c1e-58b1-4c9e-9d38-0f6a7e1f2b11',
  MicrosoftAppPassword: 'Qx7-not-a-real-secret-9k',
};

const read = (env: Environment) => readConfig({ DATA_DIR: dataDir, ...env });

function problems(env: Environment): string[] {
  try {
    read(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.findings.map(({ setting, problem }) => `${setting} ${problem}`);
    throw error;
  }
}

describe('the settings of Microsoft Graph', () => {
  it('left out: the sample people in local mode', () => {
    expect([read({}).graph, read({}).samplePeople]).toEqual([null, true]);
  });

  it('set: no sample people beside real ones', () => {
    expect(read({ ...GRAPH, ...BOT }).samplePeople).toBe(false);
    expect(read({ ...CHINA }).samplePeople).toBe(false);
  });

  it('an app for each cloud', () => {
    const app = { clientId: APP.clientId, secret: APP.secret };
    expect(read(GRAPH).graph?.apps).toEqual({ worldwide: app });
    expect(read(CHINA).graph?.apps).toEqual({ china: app });
    expect(read({ ...GRAPH, ...CHINA }).graph?.apps).toEqual({ worldwide: app, china: app });
  });

  it.each<[string, Environment, string | null]>([
    ['a bot of the worldwide cloud', BOT, 'worldwide'],
    ['a bot of Azure China', { ...BOT, ToBotFromChannelTokenIssuer: 'https://api.botframework.azure.cn' }, 'china'],
    [
      'a bot that says its scope only',
      { ...BOT, ToChannelFromBotOAuthScope: 'https://api.botframework.azure.cn' },
      'china',
    ],
    ['a host that only ends alike', { ...BOT, ToBotFromChannelTokenIssuer: 'https://evilazure.cn' }, 'worldwide'],
    ['the operator says so', { ...BOT, TEAMS_CLOUD: 'china' }, 'china'],
    [
      'the operator knows better',
      { ...BOT, ToBotFromChannelTokenIssuer: 'https://api.botframework.azure.cn', TEAMS_CLOUD: 'worldwide' },
      'worldwide',
    ],
    ['activities aren’t signed', {}, null],
    ['unsigned, whatever is said', { TEAMS_CLOUD: 'worldwide' }, null],
  ])('whose Teams: %s', (_name, env, cloud) => {
    expect(read({ ...GRAPH, ...env }).graph?.teamsCloud).toBe(cloud);
  });

  it.each<[string, Environment, string]>([
    ['no secret', { GRAPH_CLIENT_ID: APP.clientId }, 'GRAPH_CLIENT_SECRET is missing while GRAPH_CLIENT_ID is set'],
    [
      'no id',
      { GRAPH_CHINA_CLIENT_SECRET: APP.secret },
      'GRAPH_CHINA_CLIENT_ID is missing while GRAPH_CHINA_CLIENT_SECRET is set',
    ],
    ['an id that is none', { ...GRAPH, GRAPH_CLIENT_ID: 'frontdesk' }, 'GRAPH_CLIENT_ID must be a GUID'],
  ])('%s is told', (_name, env, problem) => {
    expect(problems(env)).toEqual([problem]);
  });

  it('production takes neither the example nor a weak secret', () => {
    const env = {
      NODE_ENV: 'production',
      GRAPH_CLIENT_ID: '11111111-2222-3333-4444-555555555555',
      GRAPH_CLIENT_SECRET: 'secret123',
    };
    const found = problems(env);
    expect(found).toContain('GRAPH_CLIENT_ID is the example');
    expect(found).toContain('GRAPH_CLIENT_SECRET is too short, too simple or a placeholder');
    expect(found.join()).not.toContain('secret123');
  });
});

it('a server with Graph knows no sample person, by whatever door', async () => {
  const house = await openHouse(GRAPH);
  try {
    const as = await fetch(`${house.url}/chat/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ as: 'admin-direct' }),
    });
    expect(as.status).toBe(403);
    expect((await fetch(`${house.url}/chat/people`)).status).toBe(404);
    const visitor = await fetch(`${house.url}/chat/token`, { method: 'POST' });
    expect(visitor.status).toBe(200);
  } finally {
    await house.end();
  }
}, 180_000);
