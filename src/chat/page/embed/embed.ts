import { Pane } from './pane.ts';

/**
 * `<script src="https://support.example/chat/embed.js" data-lang="ja" async></script>`: a launcher button and a pane with
 * the chat. `data-lang`, `data-theme` (light, dark) and `data-as` (a sample person, local mode) are handed to the chat page.
 * `data-identity`: an address of the host's own where its back end answers `{"assertion": "…"}` for its signed-in user.
 */
const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  const { lang, theme, as, identity } = script.dataset;
  const options = { chat: new URL('/chat', script.src), lang, theme, as, identity };
  const start = () => new Pane(options);
  if (document.body) start();
  else document.addEventListener('DOMContentLoaded', start);
}
