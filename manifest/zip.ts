import { crc32 } from 'node:zlib';

/**
 * A zip archive (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16): stored, names in UTF-8, no dates of today, so the same
 * files give the same bytes on every machine. Enough for a few small files; the icons are compressed by themselves.
 */
export interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const UTF8_NAMES = 0x0800;
const VERSION_2 = 20;
const STORED = 0;
const MIDNIGHT = 0;
/** The first day that a zip can name: 1 January 1980. */
const FIRST_DAY = (1 << 5) | 1;

export function zip(entries: readonly Entry[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const about = described(entry);
    const name = Buffer.from(entry.name, 'utf8');
    const local = Buffer.concat([u32(0x04034b50), about, name, entry.bytes]);
    // Made by version 2; no comment, first disk, no attributes.
    directory.push(Buffer.concat([u32(0x02014b50), u16(VERSION_2), about, Buffer.alloc(10), u32(offset), name]));
    files.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const count = u16(entries.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(list.length), u32(offset), u16(0)];
  return Buffer.concat([...files, list, ...end]);
}

/** What the entry itself and the directory both say, from the version needed to the length of the extra field. */
function described({ name, bytes }: Entry): Buffer {
  const size = u32(bytes.length);
  const dated = [u16(MIDNIGHT), u16(FIRST_DAY)];
  const lengths = [u16(Buffer.byteLength(name)), u16(0)];
  const how = [u16(VERSION_2), u16(UTF8_NAMES), u16(STORED)];
  return Buffer.concat([...how, ...dated, u32(crc32(bytes)), size, size, ...lengths]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
