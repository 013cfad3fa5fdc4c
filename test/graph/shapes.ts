import type { Answer, Asked } from './microsoft.ts';

/** Every way in which Microsoft Graph fails to tell, in the shapes of its documentation, and what is made of it. */
const error = (status: number, code: string, headers?: Record<string, string>): Answer => ({
  status,
  body: { error: { code, message: 'No.', innerError: { 'request-id': '4e4d7e67', date: '2026-11-20T03:00:00' } } },
  ...(headers && { headers }),
});

export const NEVER = 'nothing, ever';

export interface Shape {
  name: string;
  why: string;
  answer: (asked: Asked) => Answer;
}

export const SHAPES: Shape[] = [
  { name: '401', why: 'unauthorized', answer: () => error(401, 'InvalidAuthenticationToken') },
  { name: '403', why: 'forbidden', answer: () => error(403, 'Authorization_RequestDenied') },
  { name: '404', why: 'not-found', answer: () => error(404, 'Request_ResourceNotFound') },
  { name: '429', why: 'throttled', answer: () => error(429, 'TooManyRequests', { 'retry-after': '120' }) },
  { name: '429 without a time', why: 'throttled', answer: () => error(429, 'TooManyRequests') },
  { name: '500', why: 'failed', answer: () => error(500, 'InternalServerError') },
  { name: '502 in HTML', why: 'failed', answer: () => ({ status: 502, body: '<html>Bad Gateway</html>' }) },
  { name: '503', why: 'failed', answer: () => error(503, 'ServiceUnavailable') },
  { name: NEVER, why: 'slow', answer: () => 'never' },
  { name: '200 with half a JSON', why: 'malformed', answer: () => ({ status: 200, body: '{"value":[{"id":' }) },
  { name: '200 with HTML', why: 'malformed', answer: () => ({ status: 200, body: '<html>Sign in</html>' }) },
  { name: '200 with nothing', why: 'malformed', answer: () => ({ status: 200 }) },
  { name: '200 of another shape', why: 'malformed', answer: () => ({ status: 200, body: { value: { id: 1 } } }) },
  { name: '200 with null', why: 'malformed', answer: () => ({ status: 200, body: 'null' }) },
  {
    name: 'a redirect',
    why: 'failed',
    answer: () => ({ status: 302, headers: { location: 'https://evil.example/v1.0/organization' } }),
  },
];
