import { png, type Pixel } from './png.ts';

/**
 * The two icons of the app, drawn from the page's own mark (src/chat/page/icon.svg): a speech bubble on a grid of 24. A
 * shape is its signed distance, negative inside; a pixel's opacity is how far it lies inside, so edges are smooth.
 */
type Shape = (x: number, y: number) => number;
type Point = readonly [x: number, y: number];

const BLUE = [0x0f, 0x6c, 0xbd] as const;
const WHITE = [0xff, 0xff, 0xff] as const;

/** Middle of the bubble with its tail, on the grid. */
const MIDDLE: Point = [12, 10.6];

const body = roundedBox([12, 8.5], [8, 6.5], 2.5);
const tail = triangle([6, 13], [6, 19.4], [12.8, 13.9]);
const bubble: Shape = (x, y) => Math.min(body(x, y), tail(x, y));
const dots: Shape = (x, y) => Math.min(...[8, 12, 16].map((at) => Math.hypot(x - at, y - 8.5) - 1.25));
/** About two pixels wide at 32 × 32, the dots a little smaller. */
const lines: Shape = (x, y) => Math.min(Math.abs(bubble(x, y)) - 0.62, dots(x, y) + 0.15);

/** 192 × 192, opaque; the bubble stays within the middle 120 × 120 that Teams shows in every shape. */
export function colorIcon(): Buffer {
  const size = 192;
  const scale = 6;
  return drawn(size, scale, (x, y) => {
    const inked = opacity(bubble, x, y, scale) * (1 - opacity(dots, x, y, scale));
    const mixed = BLUE.map((blue, i) => Math.round(blue + ((WHITE[i] ?? 0) - blue) * inked));
    return [mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0, 255];
  });
}

/** 32 × 32, white lines on nothing. */
export function outlineIcon(): Buffer {
  const scale = 1.5;
  return drawn(32, scale, (x, y) => [...WHITE, Math.round(255 * opacity(lines, x, y, scale))]);
}

/** Draws on the grid, its middle in the middle of the icon, so many pixels for each of its units. */
function drawn(size: number, scale: number, at: (x: number, y: number) => Pixel): Buffer {
  const half = size / 2;
  return png(size, (x, y) => at(MIDDLE[0] + (x + 0.5 - half) / scale, MIDDLE[1] + (y + 0.5 - half) / scale));
}

function opacity(shape: Shape, x: number, y: number, scale: number): number {
  return Math.min(1, Math.max(0, 0.5 - shape(x, y) * scale));
}

function roundedBox([cx, cy]: Point, [halfWidth, halfHeight]: Point, radius: number): Shape {
  return (x, y) => {
    const dx = Math.abs(x - cx) - halfWidth + radius;
    const dy = Math.abs(y - cy) - halfHeight + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** The corners go counter-clockwise as one sees them (y grows downwards). */
function triangle(...corners: readonly [Point, Point, Point]): Shape {
  const [a, b, c] = corners;
  const sides: readonly (readonly [Point, Point])[] = [
    [a, b],
    [b, c],
    [c, a],
  ];
  return (x, y) => {
    const near = Math.min(...sides.map(([from, to]) => toSegment(from, to, [x, y])));
    return sides.every(([from, to]) => isLeft(from, to, [x, y])) ? -near : near;
  };
}

function isLeft(from: Point, to: Point, [x, y]: Point): boolean {
  return (to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]) <= 0;
}

function toSegment(from: Point, to: Point, [x, y]: Point): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy);
  const t = Math.min(1, Math.max(0, along));
  return Math.hypot(x - from[0] - t * dx, y - from[1] - t * dy);
}
