import { isUtf8 } from 'node:buffer';

/** What may be sent, by the ending of its name; promises.md, "Limits". */
const ENDINGS = ['png', 'jpg', 'jpeg', 'pdf', 'txt', 'log'] as const;
type Ending = (typeof ENDINGS)[number];

const startsWith = (bytes: Buffer, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte);

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

/**
 * The media type of a file whose bytes are what its name says; null for everything else. What the sender calls it counts
 * for nothing.
 */
export function typeOf(name: string, bytes: Buffer): string | null {
  const ending = endingOf(name);
  return ending !== null && isOne(ending, bytes) ? TYPES[ending] : null;
}

function isOne(ending: Ending, bytes: Buffer): boolean {
  switch (ending) {
    case 'png':
      return startsWith(bytes, PNG);
    case 'jpg':
    case 'jpeg':
      return startsWith(bytes, JPEG);
    case 'pdf':
      return startsWith(bytes, PDF);
    case 'txt':
    case 'log':
      return isText(bytes);
  }
}

/** The media type that a name promises, before anybody has looked at the bytes. */
export function typeNamed(name: string): string {
  const ending = endingOf(name);
  return ending === null ? 'application/octet-stream' : TYPES[ending];
}

const TYPES: Readonly<Record<Ending, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  log: 'text/plain',
};

function endingOf(name: string): Ending | null {
  const ending = /\.([a-z]{3,4})$/i.exec(name)?.[1]?.toLowerCase();
  return ENDINGS.find((known) => known === ending) ?? null;
}

/** Logs come in UTF-8, UTF-16 (PowerShell), or the code pages of Chinese and Japanese Windows. */
function isText(bytes: Buffer): boolean {
  if (UTF16.some((mark) => startsWith(bytes, mark))) return bytes.length % 2 === 0;
  if (hasControls(bytes)) return false;
  return isUtf8(bytes) || ['gb18030', 'shift_jis'].some((encoding) => decodes(bytes, encoding));
}

/** Bytes that no text has: controls but for tab, line ends, form feed and escape (colours of a terminal). */
function hasControls(bytes: Buffer): boolean {
  return bytes.some((byte) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b);
}

function decodes(bytes: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const LONGEST_NAME = 100;
/** Names that Windows takes for devices. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** A name without path, control and direction characters, and of bearable length; its ending stays. */
export function safeName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  const plain = last.replaceAll(/[\p{C}\p{Zl}\p{Zp}<>:"|?*;=%]/gu, '_').replace(/^\.+/, '');
  const ending = /\.[^.]{1,10}$/.exec(plain)?.[0] ?? '';
  const stem = plain.slice(0, plain.length - ending.length).slice(0, LONGEST_NAME) || 'file';
  return DEVICES.test(stem) ? `_${stem}${ending}` : stem + ending;
}
