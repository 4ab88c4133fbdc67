/** What of a text's formatting decides whether a person can see it; null is not said. */
export type TextLook = {
  readonly isVanished: boolean | null;
  /** As RRGGBB. */
  readonly color: string | null;
  readonly sizePoints: number | null;
  /** Whether something other than white lies behind it. */
  readonly isShaded: boolean | null;
};

/** A look that nothing is said of. */
export const plainLook: TextLook = { isVanished: null, color: null, sizePoints: null, isShaded: null };

/** Letters of this size or less are dust. */
const tinyPoints = 1;

/** Whether a colour, as RRGGBB, is white or so near that nobody sees it on white paper. */
export function isWhite(color: string): boolean {
  return /^(?:f[0-9a-f]){3}$/i.test(color);
}

/** What the nearer of two says, and the other where it says nothing. */
export function mergeLooks(near: TextLook, far: TextLook): TextLook {
  return {
    isVanished: near.isVanished ?? far.isVanished,
    color: near.color ?? far.color,
    sizePoints: near.sizePoints ?? far.sizePoints,
    isShaded: near.isShaded ?? far.isShaded,
  };
}

/** Whether a person cannot see letters that look so. @param isShaded - whether what lies around them is not white. */
export function isInvisible(look: TextLook, isShaded: boolean): boolean {
  if (look.isVanished === true) return true;
  if (look.sizePoints !== null && look.sizePoints <= tinyPoints) return true;
  return look.color !== null && isWhite(look.color) && !(look.isShaded ?? isShaded);
}
