import { keep, kept } from './keep.ts';
import { Shelf } from './shelf.ts';

const KEY = 'frontdesk.sound';

/** Whether news make a sound; the agent's own choice, kept. */
export const sound = new Shelf(kept(KEY) !== 'off');

export function setSound(on: boolean): void {
  keep(KEY, on ? '' : 'off');
  sound.set(on);
}

/** Two tones up for somebody new, one for a message: told apart without looking. */
const TONES = { offer: [660, 880], message: [740] } as const;
const SECONDS = 0.16;
const LOUDNESS = 0.08;

let audio: AudioContext | undefined;

export function ring(kind: keyof typeof TONES): void {
  if (!sound.get()) return;
  audio ??= new AudioContext();
  const context = audio;
  // Before anybody touched the page, the browser keeps it silent; the count in the title is there all the same.
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
  TONES[kind].forEach((pitch, index) => tone(context, pitch, context.currentTime + index * SECONDS));
}

function tone(context: AudioContext, pitch: number, at: number): void {
  const oscillator = context.createOscillator();
  const volume = context.createGain();
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUDNESS, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + SECONDS);
  oscillator.connect(volume).connect(context.destination);
  oscillator.start(at);
  oscillator.stop(at + SECONDS);
}
