import { createInterface } from 'node:readline';
import { languageSchema } from '#knowledge/schema.ts';
import type { LogRow } from '#src/log/ports.ts';
import { meaningOf, render } from './render.ts';
import { BadUse, type Given } from './verb.ts';

/**
 * `chat`: the whole conversation in the terminal, typed or piped in; ends at `/quit` or at the end of the input. What the
 * house says is printed as plain text, the choices with numbers.
 */
export async function runChat({ options, office, out }: Given): Promise<number> {
  const lang = languageSchema.optional().safeParse(options['lang']);
  if (!lang.success) throw new BadUse('--lang is one of en, zh-CN, ja.');
  let choices: readonly string[] = [];
  const show = (rows: readonly LogRow[]): void => {
    for (const shown of rows.map(render)) {
      if (!shown) continue;
      choices = shown.choices;
      out(`${shown.text}\n`);
    }
  };
  const line = await office.line({ as: options['as'], language: lang.data, show });
  try {
    await line.arrive();
    for await (const typed of typedLines()) {
      if (typed.trim() === '/quit') break;
      if (typed.trim() === '') continue;
      const meant = meaningOf(typed, choices);
      choices = [];
      await line.say(meant);
    }
  } finally {
    await line.close();
  }
  return 0;
}

/** Lines of stdin; where a person types, with a prompt on stderr. Ctrl+C and Ctrl+D end them. */
async function* typedLines(): AsyncGenerator<string> {
  const isTyped = process.stdin.isTTY;
  const lines = createInterface({ input: process.stdin, ...(isTyped && { output: process.stderr, prompt: '> ' }) });
  if (isTyped) lines.prompt();
  for await (const line of lines) {
    yield line;
    if (isTyped) lines.prompt();
  }
}
