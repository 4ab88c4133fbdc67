import { describe, expect, it } from 'vitest';
import { leastWindowSize, windowPlace, type DisplayRoom, type WindowBounds } from './window-place.ts';

const room = (x: number, y: number, width: number, height: number): DisplayRoom => ({
  workArea: { x, y, width, height },
});
const bounds = (x: number, y: number, width: number, height: number): WindowBounds => ({ x, y, width, height });

const laptop = room(0, 25, 1_440, 800);
const right = room(1_440, -200, 2_560, 1_400);
const left = room(-1_920, 0, 1_920, 1_040);
const above = room(0, -1_080, 1_920, 1_080);
const small = room(0, 0, 1_024, 600);
/** 2,560 pixels at 150 %. */
const scaled = room(0, 0, 1_706.67, 920.5);

describe('windowPlace', () => {
  it.each<[string, WindowBounds | null, readonly DisplayRoom[], Partial<WindowBounds>]>([
    ['the middle at the first start', null, [laptop, right], bounds(80, 25, 1_280, 800)],
    ['what a small display has room for at the first start', null, [small], bounds(0, 0, 1_024, 600)],
    ['the place where it was', bounds(100, 100, 900, 700), [laptop], bounds(100, 100, 900, 700)],
    [
      'the place on the second display',
      bounds(2_000, -100, 1_200, 900),
      [laptop, right],
      bounds(2_000, -100, 1_200, 900),
    ],
    ['the place left of the first', bounds(-1_800, 50, 900, 700), [laptop, left], bounds(-1_800, 50, 900, 700)],
    ['the place above the first', bounds(100, -1_000, 900, 700), [laptop, above], bounds(100, -1_000, 900, 700)],
    ['the place across two displays', bounds(1_200, 50, 900, 700), [laptop, right], bounds(1_200, 50, 900, 700)],
    ['sight when its display was unplugged', bounds(2_000, -100, 1_200, 790), [laptop], bounds(240, 25, 1_200, 790)],
    ['sight when the left one was unplugged', bounds(-1_800, 50, 900, 700), [laptop], bounds(0, 50, 900, 700)],
    ['sight from far away', bounds(90_000, -90_000, 900, 700), [laptop], bounds(540, 25, 900, 700)],
    ['the size that is left', bounds(1_500, -100, 2_500, 1_300), [laptop], bounds(0, 25, 1_440, 800)],
    ['sight when only a sliver shows', bounds(1_400, 100, 900, 700), [laptop], bounds(540, 100, 900, 700)],
    ['sight when its handle is above the edge', bounds(100, -300, 900, 700), [laptop], bounds(100, 25, 900, 700)],
    ['sight when its handle is under the dock', bounds(100, 810, 900, 700), [laptop], bounds(100, 125, 900, 700)],
    ['a place partly outside, held by its handle', bounds(-700, 300, 900, 700), [laptop], bounds(-700, 300, 900, 700)],
    ['the least size', bounds(10, 30, 3, 3), [laptop], bounds(10, 30, 480, 420)],
    ['whole pixels', bounds(10.4, 30.6, 900.5, 700.2), [laptop], bounds(10, 31, 901, 700)],
    ['whole pixels of a scaled display', bounds(1_700, 900, 2_000, 1_000), [scaled], bounds(1, 1, 1_706, 920)],
    ['the display with most of it', bounds(1_300, 500, 2_000, 900), [small, right], bounds(1_300, 500, 2_000, 900)],
    ['its size alone without any display', bounds(10, 10, 900, 700), [], { width: 900, height: 700 }],
    ['its usual size without any display', null, [], { width: 1_280, height: 800 }],
    ['its usual size when displays have no room', null, [room(0, 0, 0, 0)], { width: 1_280, height: 800 }],
  ])('is %s', (_name, saved, displays, place) => {
    expect(windowPlace(saved, displays)).toEqual(place);
  });

  // Whatever a file says: a window that nobody can reach is as good as none.
  it('can be taken hold of on each arrangement of displays, from wherever it was', () => {
    const arrangements = [[laptop], [laptop, right], [left, laptop], [small], [scaled, right], [above, small, left]];
    const numbers = [-1e9, -5_000, -1_000, -41, -1, 0, 0.5, 39, 500, 1_439, 4_001, 1e9];
    for (const displays of arrangements) {
      for (const x of numbers) {
        for (const y of numbers) {
          for (const [width, height] of [
            [1, 1],
            [900, 700],
            [1e6, 1e6],
          ] as const) {
            const { x: left = 0, y: top = 0, ...size } = windowPlace({ x, y, width, height }, displays);
            const { width: wide = 0, height: high = 0 } = size;
            const isHeld = displays.some(({ workArea: area }) => {
              const shown = Math.min(left + wide, area.x + area.width) - Math.max(left, area.x);
              return shown >= 119 && top >= area.y - 1 && top + 40 <= area.y + area.height + 1;
            });
            expect({ x, y, width, height, left, top, isHeld }).toMatchObject({ isHeld: true });
            expect(wide).toBeGreaterThanOrEqual(leastWindowSize.width);
            expect([left, top, wide, high].every(Number.isInteger)).toBe(true);
          }
        }
      }
    }
  });
});
