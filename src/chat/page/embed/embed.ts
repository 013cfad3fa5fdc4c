import { Pane } from './pane.ts';

/**
 * `<script src="https://support.example/chat/embed.js" data-lang="ja" async></script>`: a launcher button and a pane with
 * the chat. `data-lang`, `data-theme` (light, dark) and `data-as` (a sample person, local mode) are handed to the chat page.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { lang, theme, as } = script.dataset;
  const options = { chat: new URL('/chat', script.src), lang, theme, as };
  const start = () => new Pane(options);
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
}
