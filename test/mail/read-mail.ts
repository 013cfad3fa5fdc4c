/** Reads what a mail server took, without the library that wrote it. */

/** A header, unfolded and decoded. */
export function simpleHeader(raw: string, name: string): string {
  const [head = ''] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  const found = lines.filter((line) => line.toLowerCase().startsWith(`${name}:`));
  if (found.length !== 1) throw new Error(`${name} is there ${found.length} times`);
  return decoded(found[0]!.slice(name.length + 1).trim());
}

const decoded = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_whole, kind: string, part: string) =>
      kind.toLowerCase() === 'b' ? Buffer.from(part, 'base64').toString('utf8') : unquoted(part.replaceAll('_', ' ')),
    );

const unquoted = (part: string): string =>
  Buffer.from(
    part.replaceAll(/=([0-9A-F]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

/** Names of all headers, lower case. */
export function headerNames(raw: string): string[] {
  const [head = ''] = raw.split('\r\n\r\n');
  return head
    .split('\r\n')
    .filter((line) => /^[\w-]+:/.test(line))
    .map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
}

/** The text: in base64 where it isn't plain ASCII. */
export function textOf(raw: string): string {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  const isBase64 = simpleHeader(raw, 'content-transfer-encoding') === 'base64';
  const text = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : body;
  return text.replaceAll('\r\n', '\n').replace(/\n$/, '');
}
