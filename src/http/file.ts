import type { Answer } from './call.ts';

/** A file that somebody sent, to whoever may have it. */
export function fileAnswer(file: { readonly name: string; readonly type: string; readonly bytes: Uint8Array }): Answer {
  return {
    status: 200,
    bytes: Buffer.from(file.bytes),
    headers: {
      'Content-Type': file.type,
      // Never shown as a page of ours; an image in the chat is drawn all the same.
      'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      // Lower case, as the door's own headers are, so that it takes their place.
      'content-security-policy': "default-src 'none'; sandbox",
    },
  };
}
