import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PersonRef } from '#src/intake/ports.ts';
import { sampleDirectory, sampleDirectoryWith } from '../../src/outside/sample/directory.ts';
import { sampleIncidents } from '../../src/outside/sample/incidents.ts';
import { contract } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-sample-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function person(as: string): PersonRef {
  return { channel: 'webchat', userId: `sample:${as}`, tenant: null, objectId: null, vouched: null };
}

const MAIL = {
  id: 'EX700001',
  offering: 'worldwide',
  service: 'Exchange Online',
  title: 'Some users may be unable to send mail',
  startedAt: '2026-11-20T01:00:00Z',
  keywords: ['mail', 'send', '邮件', '发送', 'メール', '送信'],
};
const OVER = { ...MAIL, id: 'EX700002', state: 'over' };

/** As an editor saves a file: another one takes its place. */
function save(content: unknown, dir = folder): void {
  writeFileSync(join(dir, 'next'), typeof content === 'string' ? content : JSON.stringify(content));
  renameSync(join(dir, 'next'), join(dir, 'sample-incidents.json'));
}

const tried = mkdtempSync(join(tmpdir(), 'frontdesk-sample-'));
contract({
  name: 'the sample people',
  open() {
    save([MAIL, OVER], tried);
    return sampleDirectoryWith(sampleIncidents(tried, () => undefined));
  },
  close: () => rmSync(tried, { recursive: true, force: true }),
  who: {
    admin: person('admin-direct'),
    partnerAdmin: person('admin-partner'),
    mixedAdmin: person('admin-mixed'),
    trialAdmin: person('cn-admin-trial'),
    reader: person('reader'),
    user: person('user'),
    reseller: person('partner'),
    stranger: person('anonymous'),
  },
  incident: { current: 'EX700001', over: 'EX700002', unheard: 'EX700003' },
});

describe('incidents that are tried out', () => {
  const unreadable = vi.fn<(error: unknown) => void>();
  beforeEach(() => {
    unreadable.mockClear();
    rmSync(join(folder, 'sample-incidents.json'), { force: true });
  });
  const admin = person('admin-direct');
  const ids = (directory: typeof sampleDirectory): string[] => {
    const shown = directory.incidents(admin, 'worldwide');
    if (shown instanceof Promise) throw new Error('the sample directory answers at once');
    return shown.map(({ id }) => id);
  };
  const BUILT_IN = ids(sampleDirectory);

  it('one comes, ends and goes, without a restart; then the built-in ones are back', async () => {
    const directory = sampleDirectoryWith(sampleIncidents(folder, unreadable));
    expect(BUILT_IN).toHaveLength(1);
    expect(ids(directory)).toEqual(BUILT_IN);
    save([MAIL]);
    expect(ids(directory)).toEqual(['EX700001']);
    expect(await directory.incidentState(admin, 'worldwide', 'EX700001')).toBe('current');
    save([{ ...MAIL, state: 'over' }]);
    expect(ids(directory)).toEqual([]);
    expect(await directory.incidentState(admin, 'worldwide', 'EX700001')).toBe('over');
    rmSync(join(folder, 'sample-incidents.json'));
    expect(ids(directory)).toEqual(BUILT_IN);
    expect(unreadable).not.toHaveBeenCalled();
  });

  it.each([
    ['half written', '[{"id":'],
    ['another shape', [{ ...MAIL, offering: 'moon' }]],
    ['an id that is none', [{ ...MAIL, id: '../x' }]],
    ['a field that nobody reads', [{ ...MAIL, keyword: ['x'] }]],
    ['no list', {}],
  ])('%s: told once, and what was known before stays', (_name, content) => {
    const directory = sampleDirectoryWith(sampleIncidents(folder, unreadable));
    save([MAIL]);
    expect(ids(directory)).toEqual(['EX700001']);
    save(content);
    expect([ids(directory), ids(directory)]).toEqual([['EX700001'], ['EX700001']]);
    expect(unreadable).toHaveBeenCalledTimes(1);
    save([{ ...MAIL, id: 'EX700009' }]);
    expect(ids(directory)).toEqual(['EX700009']);
  });
});
