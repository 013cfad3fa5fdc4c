/** A bar on stderr, where somebody watches: a terminal. Anywhere else nothing is written. */
export interface Progress {
  readonly step: () => void;
  readonly stop: () => void;
}

export async function startProgress(total: number, stream: NodeJS.WriteStream = process.stderr): Promise<Progress> {
  if (!stream.isTTY || total === 0) return { step: () => undefined, stop: () => undefined };
  const { SingleBar } = (await import('cli-progress')).default;
  const bar = new SingleBar({
    stream,
    format: '{bar} {value}/{total} documents, {eta_formatted} left',
    hideCursor: true,
  });
  bar.start(total, 0);
  return { step: () => bar.increment(), stop: () => bar.stop() };
}
