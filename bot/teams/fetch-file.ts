const WITHIN_MS = 20_000;

/**
 * The bytes at an address, up to a bound. `refused`: there is no such file for us, or it is too big; `later`: nobody answered.
 * Redirects are not followed: they would lead to where nobody looked.
 */
export async function fetchFile(
  url: URL,
  authorization: string | null,
  mostBytes: number,
): Promise<Buffer | 'refused' | 'later'> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(WITHIN_MS),
      headers: { ...(authorization !== null && { authorization }) },
    });
    if (response.status !== 200) {
      await response.body?.cancel();
      return response.status >= 500 || response.status === 429 ? 'later' : 'refused';
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > mostBytes) return 'refused';
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  } catch {
    return 'later';
  }
}
