import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Client, openHouse, type House, type Shown } from './house.ts';
import { within } from '../patience.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse({ RATE_UPLOADS: '30' });
});
afterAll(() => house.stop());

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const JPEG = Buffer.from('ffd8ffe000104a464946', 'hex');
const PDF = Buffer.from('%PDF-1.7\n');
const MB = 1024 * 1024;
const padded = (head: Buffer, size: number) => Buffer.concat([head, Buffer.alloc(size - head.length)]);
const file = (name: string, bytes: Buffer | string, type = 'application/octet-stream') =>
  new File([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)], name, { type });

const begun = async () => {
  const client = await Client.begin(house);
  await client.start();
  return client;
};

/** As directlinejs sends it: the activity as a part named `blob`, then the files. */
const upload = (client: Client, files: readonly File[], clientActivityID = 'u1') => {
  const activity = {
    type: 'message',
    text: 'see the file',
    from: { id: 'somebody', role: 'user' },
    attachments: files.map(({ name, type }) => ({ contentType: type, name })),
    channelData: { clientActivityID, attachmentSizes: files.map(({ size }) => size) },
  };
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }), 'blob');
  for (const each of files) form.append('file', each, each.name);
  return client.call(`/conversations/${client.conversation}/upload?userId=${client.user}`, {
    method: 'POST',
    body: form,
  });
};
const sentFiles = async (client: Client): Promise<NonNullable<Shown['attachments']>> =>
  (await client.all()).filter(({ from }) => from.role === 'user').flatMap(({ attachments }) => attachments ?? []);

describe('an upload', () => {
  test('is one activity with its files, echoed with addresses that open', async () => {
    const client = await begun();
    const files = [
      file('screen.png', PNG),
      file('photo.JPG', JPEG),
      file('bill.pdf', PDF),
      file('trace.log', 'line 1\nエラー\n'),
      file('a.txt', 'x'),
    ];
    const response = await upload(client, files);
    expect(response.status).toBe(200);
    const { id } = z.strictObject({ id: z.string() }).parse(await response.json());
    const echo = (await client.all()).find((each) => each.id === id);
    expect(echo).toMatchObject({
      text: 'see the file',
      from: { id: client.user },
      channelData: { clientActivityID: 'u1', attachmentSizes: files.map(({ size }) => size) },
    });
    expect(echo?.attachments?.map(({ contentType }) => contentType)).toEqual([
      'image/png',
      'image/jpeg',
      'application/pdf',
      'text/plain',
      'text/plain',
    ]);
    for (const [index, { contentUrl = '' }] of (echo?.attachments ?? []).entries()) {
      const fetched = await fetch(contentUrl);
      expect(fetched.status).toBe(200);
      expect(fetched.headers.get('x-content-type-options')).toBe('nosniff');
      expect(fetched.headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(fetched.headers.get('content-security-policy')).toContain('sandbox');
      expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.from(await files[index]!.arrayBuffer()));
    }
  });

  test('repeated, it is the same: one activity, its files kept once', async () => {
    const client = await begun();
    const answers = await Promise.all(Array.from({ length: 4 }, () => upload(client, [file('a.png', PNG)], 'again')));
    const ids = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(ids).size).toBe(1);
    expect(await sentFiles(client)).toHaveLength(1);
    expect(await house.storage.transact((unit) => unit.files.sizeOf(client.conversation))).toBe(PNG.length);
  });

  test('its files are the sender’s: nobody else’s token opens them, and no token none', async () => {
    const [owner, other] = [await begun(), await begun()];
    await upload(owner, [file('a.png', PNG)]);
    await upload(other, [file('b.png', PNG)]);
    const [[mine], [theirs]] = [await sentFiles(owner), await sentFiles(other)];
    const path = (shown: typeof mine) => new URL(shown?.contentUrl ?? '').pathname.replace('/v3/directline', '');
    expect((await owner.call(path(mine))).status).toBe(200);
    expect((await other.call(path(mine))).status).toBe(404);
    expect((await owner.call('/attachments/none')).status).toBe(404);
    expect((await owner.call(path(mine), { token: null })).status).toBe(401);
    const swapped = `${path(mine)}${new URL(theirs?.contentUrl ?? '').search}`;
    expect((await owner.call(swapped, { token: null })).status).toBe(404);
    expect((await owner.call(`${path(mine)}?t=${owner.token}`, { token: null })).status).toBe(403);
    const fileToken = new URL(mine?.contentUrl ?? '').searchParams.get('t');
    expect((await owner.call(`/conversations/${owner.conversation}/activities`, { token: fileToken })).status).toBe(
      403,
    );
  });

  test.each<[string, readonly File[], number]>([
    ['an empty file', [file('a.txt', '')], 415],
    ['exactly 5 MB', [file('a.png', padded(PNG, 5 * MB))], 200],
    ['a byte more', [file('a.png', padded(PNG, 5 * MB + 1))], 413],
    ['21 MB', [file('a.png', padded(PNG, 21 * MB))], 413],
    ['six files', Array.from({ length: 6 }, (_, n) => file(`${n}.txt`, 'x')), 413],
    ['1 000 files', Array.from({ length: 1_000 }, (_, n) => file(`${n}.txt`, 'x')), 413],
    ['no file', [], 400],
    ['a program as a picture', [file('a.png', 'MZ\u0090\0\u0003', 'image/png')], 415],
    ['HTML as a picture', [file('a.png', '<script>alert(1)</script>', 'image/png')], 415],
    ['a GIF that is a script', [file('a.jpg', 'GIF89a=1;alert(1)')], 415],
    ['SVG', [file('a.svg', '<svg onload="alert(1)"/>', 'image/svg+xml')], 415],
    ['a zip', [file('a.zip', 'PK\u0003\u0004')], 415],
    ['a program as a log', [file('a.log', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0]))], 415],
    ['a picture named as text', [file('a.txt', PNG)], 415],
    ['one bad among good ones', [file('a.png', PNG), file('b.exe', 'MZ')], 415],
    ['no ending', [file('README', 'x')], 415],
  ])('%s', async (_name, files, status) => {
    const client = await begun();
    expect((await upload(client, files)).status).toBe(status);
    expect(await sentFiles(client)).toHaveLength(status === 200 ? files.length : 0);
    const kept = await house.storage.transact((unit) => unit.files.sizeOf(client.conversation));
    expect(kept > 0).toBe(status === 200);
  });

  test('logs of Windows in Chinese, Japanese and UTF-16 are text', async () => {
    const client = await begun();
    const gbk = Buffer.from([0xb4, 0xed, 0xce, 0xf3, 0x0a]);
    const sjis = Buffer.from([0x83, 0x47, 0x83, 0x89, 0x81, 0x5b, 0x0a]);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('错误\n', 'utf16le')]);
    expect((await upload(client, [file('a.log', gbk), file('b.log', sjis), file('c.txt', utf16)])).status).toBe(200);
  });

  test.each([
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['C:\\Users\\li\\report.log', 'report.log'],
    ['CON.txt', '_CON.txt'],
    [`gpj\u202Eexe.txt`, 'gpj_exe.txt'],
    ['a<b>&"c.txt', 'a_b_&_c.txt'],
    [`${'长'.repeat(500)}.txt`, `${'长'.repeat(100)}.txt`],
    ['报告 2027.txt', '报告 2027.txt'],
  ])('the name %j is kept as %j', async (given, kept) => {
    const client = await begun();
    expect((await upload(client, [file(given, 'x')])).status).toBe(200);
    const [sent] = await sentFiles(client);
    expect(sent?.['name']).toBe(kept);
    const fetched = await fetch(sent?.contentUrl ?? '');
    expect(decodeURIComponent(fetched.headers.get('content-disposition') ?? '')).toBe(
      `attachment; filename*=UTF-8''${kept}`,
    );
  });

  test('what is no multipart is refused', async () => {
    const client = await begun();
    const path = `/conversations/${client.conversation}/upload`;
    const send = (type: string, body: string | Buffer, more: Record<string, string> = {}) =>
      client.call(path, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Uint8Array(body),
        headers: { 'content-type': type, ...more },
      });
    expect((await send('application/json', '{}')).status).toBe(415);
    expect((await send('multipart/form-data', 'x')).status).toBe(415);
    expect((await send('multipart/form-data; boundary=x', 'no parts')).status).toBe(400);
    expect(
      (
        await send(
          'multipart/form-data; boundary=x',
          '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\ncut',
        )
      ).status,
    ).toBe(400);
    expect((await send('multipart/form-data; boundary=x', '', { 'content-encoding': 'gzip' })).status).toBe(415);
    const started = performance.now();
    const parts = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n'.repeat(200_000);
    expect((await send('multipart/form-data; boundary=x', `${parts}--x--\r\n`)).status).toBe(413);
    expect(performance.now() - started).toBeLessThan(within(2_000));
  });

  test('a conversation holds two messages full of files and no more', async () => {
    const small = await openHouse({ LIMIT_UPLOAD_BYTES: '1000' });
    const client = await Client.begin(small);
    await client.start();
    const full = Array.from({ length: 5 }, (_, n) => file(`${n}.png`, padded(PNG, 1_000)));
    const statuses = [];
    for (let n = 0; n < 3; n += 1) statuses.push((await upload(client, full, `u${n}`)).status);
    expect(statuses).toEqual([200, 200, 413]);
    await small.stop();
  });
});
