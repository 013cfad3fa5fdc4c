import type { Answer, Call, Route, UpgradeRoute } from '#src/http/call.ts';
import { attachment } from './attachment.ts';
import { ROOT } from './place.ts';
import { poll } from './poll.ts';
import type { DirectLineOptions } from './ports.ts';
import { reconnect } from './reconnect.ts';
import { refresh } from './refresh.ts';
import { say } from './say.ts';
import { sessionId } from './session-id.ts';
import { start } from './start.ts';
import { streamRoute } from './stream.ts';
import { Streams } from './streams.ts';
import { upload } from './upload.ts';

type Handler = (call: Call, options: DirectLineOptions) => Answer | Promise<Answer>;

export interface DirectLine {
  readonly routes: Route[];
  readonly upgrades: UpgradeRoute[];
  /** Closes every WebSocket with this code (1012: this server restarts); their clients come back by watermark. */
  readonly closeAll: (code: number) => void;
}

/** Direct Line 3.0 as botframework-directlinejs uses it: every route, and the WebSocket. */
export function directLineRoutes(options: DirectLineOptions): DirectLine {
  const streams = new Streams(options);
  const get = (path: string, handler: Handler) => route('GET', path, 'none', handler);
  const post = (path: string, handler: Handler, body: Route['body'] = 'json') => route('POST', path, body, handler);
  const route = (method: 'GET' | 'POST', path: string, body: Route['body'], handler: Handler): Route => ({
    method,
    path: ROOT + path,
    ...(body && { body }),
    cors: 'embed',
    handle: (call) => handler(call, options),
  });
  return {
    routes: [
      post('/conversations', start),
      get('/conversations/:id', reconnect),
      post('/tokens/refresh', refresh, 'none'),
      get('/conversations/:id/activities', poll),
      post('/conversations/:id/activities', say),
      post('/conversations/:id/upload', upload, 'stream'),
      get('/attachments/:id', attachment),
      get('/session/getsessionid', sessionId),
    ],
    upgrades: [streamRoute(options, streams)],
    closeAll: (code) => streams.closeAll(code),
  };
}
