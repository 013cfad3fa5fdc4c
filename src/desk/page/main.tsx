import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { watchTouches } from './data/call.ts';

/** The agents' desk: who waits, the conversation, and everything known of it. */
const root = document.getElementById('desk');
if (!root) throw new Error('the page has no #desk');
watchTouches(document);
createRoot(root).render(<App />);
