import type { XmlElement } from '../archive/xml-element.ts';
import type { XmlReader } from '../archive/xml-reader.ts';

/** What of a run's formatting decides whether a person can see it; null is not said. */
export type WordLook = {
  readonly isVanished: boolean | null;
  /** As RRGGBB. */
  readonly color: string | null;
  readonly sizeHalfPoints: number | null;
  /** Whether something other than white lies behind it. */
  readonly isShaded: boolean | null;
};

/** A look that nothing is said of. */
export const plainLook: WordLook = { isVanished: null, color: null, sizeHalfPoints: null, isShaded: null };

/** Letters of one point or less are dust. */
const tinyHalfPoints = 2;

/** Whether a colour, as RRGGBB, is white or so near that nobody sees it on white paper. */
export function isWhite(color: string): boolean {
  return /^(?:f[0-9a-f]){3}$/i.test(color);
}

const isOn = (element: XmlElement): boolean => !['0', 'false', 'off'].includes(element.get('w:val') ?? 'true');

/** Whether a `w:shd` fills with a colour that white letters can be read on. */
export function isShading(element: XmlElement): boolean {
  const fill = element.get('w:fill') ?? 'auto';
  const pattern = element.get('w:val') ?? 'clear';
  return (fill !== 'auto' && !isWhite(fill)) || (pattern !== 'clear' && pattern !== 'nil');
}

/** Reads the `w:rPr` that was opened last. @param lookOfStyle - what the style looks like that it may name. */
export function readLook(reader: XmlReader, lookOfStyle: (styleId: string) => WordLook = () => plainLook): WordLook {
  let look = plainLook;
  let inherited = plainLook;
  for (const element of reader.children()) {
    if (element.name === 'w:rStyle') inherited = lookOfStyle(element.get('w:val') ?? '');
    else if (element.name === 'w:vanish') look = { ...look, isVanished: isOn(element) };
    else if (element.name === 'w:color') look = { ...look, color: element.get('w:val') };
    else if (element.name === 'w:sz') look = { ...look, sizeHalfPoints: element.integer('w:val') };
    else if (element.name === 'w:shd') look = { ...look, isShaded: isShading(element) };
    else if (element.name === 'w:highlight') {
      look = { ...look, isShaded: !['none', 'white'].includes(element.get('w:val') ?? 'none') };
    }
  }
  return mergeLooks(look, inherited);
}

/** What the nearer of two says, and the other where it says nothing. */
export function mergeLooks(near: WordLook, far: WordLook): WordLook {
  return {
    isVanished: near.isVanished ?? far.isVanished,
    color: near.color ?? far.color,
    sizeHalfPoints: near.sizeHalfPoints ?? far.sizeHalfPoints,
    isShaded: near.isShaded ?? far.isShaded,
  };
}

/** Whether a person cannot see letters that look so. @param isShaded - whether what lies around them is not white. */
export function isInvisible(look: WordLook, isShaded: boolean): boolean {
  if (look.isVanished === true) return true;
  if (look.sizeHalfPoints !== null && look.sizeHalfPoints <= tinyHalfPoints) return true;
  return look.color !== null && isWhite(look.color) && !(look.isShaded ?? isShaded);
}
