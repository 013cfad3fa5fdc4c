const DEADLINE_MS = 8_000;

/**
 * What the host's back end signs of its user, from an address of the host's own: null where it says that nobody is signed in
 * (also by 401, 403 or the way to a sign-in page), undefined where it doesn't say. It is for one use: it is asked for again with every conversation.
 */
export async function fetchAssertion(address: string | undefined): Promise<string | null | undefined> {
  if (address === undefined || !URL.canParse(address, location.href)) return undefined;
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) return undefined;
  try {
    const response = await fetch(url, {
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    if (response.type === 'opaqueredirect' || [401, 403].includes(response.status)) return null;
    const answer: unknown = response.ok ? await response.json() : null;
    if (typeof answer !== 'object' || answer === null || !('assertion' in answer)) return undefined;
    const { assertion } = answer;
    return typeof assertion === 'string' || assertion === null ? assertion : undefined;
  } catch {
    return undefined;
  }
}
