// The server under the name that it always had; `npm start` spares itself this file's types.
await import('./start.js');
