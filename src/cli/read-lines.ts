import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** The lines of a file, or of standard input where no file is named. Rejects where the file can't be read. */
export async function* readLines(file: string | undefined): AsyncGenerator<string> {
  const input = file === undefined ? process.stdin : createReadStream(file, 'utf8');
  // readline swallows the stream's error: it is kept and thrown when the lines end.
  let failure: Error | undefined;
  const lines = createInterface({ input, crlfDelay: Infinity });
  input.on('error', (error: Error) => {
    failure = error;
    lines.close();
  });
  yield* lines;
  if (failure !== undefined)
    throw new Error(`The file ${file ?? ''} can't be read: ${failure.message}`, { cause: failure });
}
