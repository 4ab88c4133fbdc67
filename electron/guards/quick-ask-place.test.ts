import { describe, expect, it } from 'vitest';
import {
  quickAskAfterDisplayChange,
  quickAskGrown,
  quickAskPlace,
  type Area,
  type DisplayArea,
} from './quick-ask-place.ts';

function display(bounds: Area, workArea: Area = bounds): DisplayArea {
  return { bounds, workArea };
}

const laptop = display({ x: 0, y: 0, width: 1_440, height: 900 }, { x: 0, y: 25, width: 1_440, height: 805 });
/** A 4K display at a scale of 1.5, right of the laptop and higher than it. */
const large = display(
  { x: 1_440, y: -540, width: 2_560, height: 1_440 },
  { x: 1_440, y: -540, width: 2_560, height: 1_400 },
);
const left = display({ x: -1_080, y: 0, width: 1_080, height: 1_920 });
/** At a scale of 1.75 a width is not whole. */
const fractional = display({ x: 0, y: 0, width: 1_097.142_857, height: 617.142_857 });
const tiny = display({ x: 0, y: 0, width: 480, height: 320 }, { x: 0, y: 0, width: 480, height: 280 });
const broken = display({ x: 0, y: 0, width: 0, height: 0 });

function isIn({ workArea }: DisplayArea, place: Area): boolean {
  return (
    place.x >= workArea.x &&
    place.y >= workArea.y &&
    place.x + place.width <= workArea.x + workArea.width &&
    place.y + place.height <= workArea.y + workArea.height
  );
}

describe('quickAskPlace', () => {
  it.each([
    ['the only display', { x: 700, y: 450 }, [laptop], { x: 400, y: 186, width: 640, height: 120 }],
    [
      'the display with the cursor',
      { x: 2_000, y: -100 },
      [laptop, large],
      { x: 2_400, y: -260, width: 640, height: 120 },
    ],
    ['a display left of the first', { x: -5, y: 1_900 }, [laptop, left], { x: -860, y: 384, width: 640, height: 120 }],
    [
      'the display that begins at the edge',
      { x: 1_440, y: 300 },
      [laptop, large],
      { x: 2_400, y: -260, width: 640, height: 120 },
    ],
    [
      'the last column of the first',
      { x: 1_439, y: 300 },
      [large, laptop],
      { x: 400, y: 186, width: 640, height: 120 },
    ],
    [
      'the nearest display of a cursor in a gap',
      { x: 100, y: 905 },
      [large, laptop],
      { x: 400, y: 186, width: 640, height: 120 },
    ],
    ['whole pixels of a scaled display', { x: 3, y: 3 }, [fractional], { x: 229, y: 123, width: 640, height: 120 }],
    ['a display that is narrower', { x: 3, y: 3 }, [tiny], { x: 0, y: 56, width: 480, height: 120 }],
    [
      'a display with an area before one without',
      { x: 0, y: 0 },
      [broken, laptop],
      { x: 400, y: 186, width: 640, height: 120 },
    ],
    ['somewhere when there is no display', { x: 9_000, y: 9_000 }, [], { x: 192, y: 128, width: 640, height: 120 }],
  ] as const)('takes %s', (_name, cursor, displays, place) => {
    expect(quickAskPlace(cursor, displays, 120)).toEqual(place);
  });

  // A window taller than the display would hide the field's answer below the taskbar.
  it.each([200, 644, 5_000, 1e308, Infinity, -Infinity, -4, 0, Number.NaN, 99.2])(
    'stays in sight of each display at a height of %d',
    (height) => {
      for (const one of [laptop, large, left, fractional, tiny]) {
        const center = { x: one.bounds.x + one.bounds.width / 2, y: one.bounds.y + one.bounds.height / 2 };
        const place = quickAskPlace(center, [one], height);
        expect(isIn(one, place)).toBe(true);
        expect(place.height).toBeGreaterThanOrEqual(56);
        for (const value of Object.values(place)) expect(Number.isInteger(value)).toBe(true);
      }
    },
  );
});

describe('quickAskGrown', () => {
  const shown = quickAskPlace({ x: 700, y: 450 }, [laptop, large], 120);

  it('grows downwards to what the page asks for', () => {
    expect(quickAskGrown(shown, [laptop, large], 300.4)).toEqual({ ...shown, height: 301 });
  });
  it('stops above the dock of its own display, not of the higher one beside it', () => {
    expect(quickAskGrown(shown, [large, laptop], 4_000)).toEqual({ ...shown, height: 830 - 16 - shown.y });
  });
  it('becomes small again', () => {
    expect(quickAskGrown({ ...shown, height: 600 }, [laptop], 80).height).toBe(80);
  });
});

describe('quickAskAfterDisplayChange', () => {
  const onLarge = quickAskPlace({ x: 2_000, y: 0 }, [laptop, large], 700);

  it('moves to what is left when its display is unplugged', () => {
    expect(quickAskAfterDisplayChange(onLarge, [laptop])).toEqual({ x: 400, y: 186, width: 640, height: 628 });
  });
  it('stays when another display is unplugged', () => {
    const shown = quickAskPlace({ x: 700, y: 450 }, [laptop, large], 120);
    expect(quickAskAfterDisplayChange(shown, [laptop])).toBe(shown);
  });
  it('moves when its display became smaller under it', () => {
    const smaller = display({ x: 1_440, y: 0, width: 1_280, height: 720 });
    expect(isIn(smaller, quickAskAfterDisplayChange(onLarge, [laptop, smaller]))).toBe(true);
  });
  it('has a place while there is no display', () => {
    expect(quickAskAfterDisplayChange(onLarge, [])).toMatchObject({ x: 192, y: 128 });
  });
});
