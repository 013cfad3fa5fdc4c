import { crc32, inflateSync } from 'node:zlib';

/** A zip's files by name, read from its directory as an unzipper does. Throws where a checksum is wrong. */
export function readZip(bytes: Buffer): Map<string, Buffer> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== 0x02014b50) throw new Error('no entry of the directory');
    const [check, size] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24)];
    const [named, extra, comment] = [28, 30, 32].map((field) => bytes.readUInt16LE(at + field));
    const name = bytes.toString('utf8', at + 46, at + 46 + named!);
    const local = bytes.readUInt32LE(at + 42);
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = bytes.subarray(from, from + size);
    if (bytes.readUInt32LE(local) !== 0x04034b50 || crc32(content) !== check) throw new Error(`${name} is damaged`);
    files.set(name, content);
    at += 46 + named! + extra! + comment!;
  }
  return files;
}

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  at(x: number, y: number): readonly [number, number, number, number];
}

/** An unfiltered RGBA picture. Throws where a checksum is wrong. */
export function readPng(bytes: Buffer): Picture {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length))
      throw new Error(`${type} is damaged`);
    chunks.set(type, bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  if (header.subarray(8).toString('hex') !== '0806000000' || !chunks.has('IEND'))
    throw new Error('another kind of PNG');
  const pixels = inflateSync(chunks.get('IDAT')!);
  const row = 1 + 4 * width;
  if (pixels.length !== row * height) throw new Error('not as many pixels as announced');
  const at = (x: number, y: number) => {
    const from = y * row + 1 + 4 * x;
    return [pixels[from]!, pixels[from + 1]!, pixels[from + 2]!, pixels[from + 3]!] as const;
  };
  return { width, height, at };
}
