import { createHmac } from 'node:crypto';

/**
 * The headers by which a receiver knows that a body is ours and new: HMAC-SHA256 over `<timestamp>.<body>`. A receiver
 * refuses a timestamp that is more than five minutes off, and an `idempotency-key` that it has seen; the README has a verifier.
 */
export function signatureHeaders(body: string, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { timestamp, signature: `v1=${signature}` };
}
