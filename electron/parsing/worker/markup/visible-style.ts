import { isSameColor, parseColor } from './css-color.ts';
import type { Color } from './css-color.ts';
import type { Declarations } from './style-rules.ts';

/** How an element's text is shown, as far as it decides whether a reader sees it. */
export type VisibleStyle = {
  /** Neither shown itself nor anything inside it. */
  readonly isRemoved: boolean;
  /** `visibility: hidden`, which an element inside can take back. */
  readonly isInvisible: boolean;
  readonly fontPixels: number;
  /** Null while nothing has set it. */
  readonly color: Color | null;
  /** Null when it is not known, as behind a picture. */
  readonly background: Color | null;
};

const white: Color = { red: 255, green: 255, blue: 255, alpha: 1 };

/** The style of the page before its first element. */
export const pageStyle = (isBackgroundKnown: boolean): VisibleStyle => ({
  isRemoved: false,
  isInvisible: false,
  fontPixels: 16,
  color: null,
  background: isBackgroundKnown ? white : null,
});

const pixelsOf: Readonly<Record<string, number>> = { px: 1, pt: 4 / 3, pc: 16, in: 96, cm: 37.8, mm: 3.78, '': 1 };

/** A length in pixels; null for a notation that is not known, such as one that depends on the window. */
function lengthPixels(value: string | undefined, fontPixels: number): number | null {
  const match = /^(-?[\d.]+)(px|pt|pc|in|cm|mm|em|rem|%|)$/.exec(value ?? '');
  if (!match) return null;
  const amount = Number.parseFloat(match[1] ?? '');
  if (Number.isNaN(amount)) return null;
  const unit = match[2] ?? '';
  if (unit === 'rem') return amount * 16;
  if (unit === 'em') return amount * fontPixels;
  if (unit === '%') return (amount / 100) * fontPixels;
  return amount * (pixelsOf[unit] ?? 1);
}

/** Farther from its place than this, text is off every screen. */
const offScreenPixels = -500;

function isOffScreen(style: Declarations): boolean {
  const isBeyond = (name: string): boolean => (lengthPixels(style.get(name), 16) ?? 0) <= offScreenPixels;
  if (isBeyond('text-indent')) return true;
  const isPlaced = /^(?:absolute|fixed)$/.test(style.get('position') ?? '');
  if (isPlaced && ['left', 'top', 'right', 'bottom'].some(isBeyond)) return true;
  return isPlaced && /rect\(\s*(?:0|1px|0px)[\s,]/.test(style.get('clip') ?? '');
}

function isSqueezed(style: Declarations): boolean {
  const isTiny = ['height', 'max-height', 'width', 'max-width'].some((name) => {
    const pixels = style.get(name)?.endsWith('%') ? null : lengthPixels(style.get(name), 16);
    return pixels !== null && pixels <= 1;
  });
  return isTiny && /^(?:hidden|clip)/.test(style.get('overflow') ?? '');
}

function fontPixelsOf(style: Declarations, inherited: number): number {
  const short = /(?:^|\s)(-?[\d.]+(?:px|pt|em|rem|%)?)(?:\/|\s)/.exec(style.get('font') ?? '')?.[1];
  return lengthPixels(style.get('font-size') ?? short, inherited) ?? inherited;
}

function backgroundOf(
  style: Declarations,
  attributes: Readonly<Record<string, string>>,
  inherited: Color | null,
): Color | null {
  const whole = `${style.get('background') ?? ''} ${style.get('background-image') ?? ''}`;
  if (/url\(|gradient\(|var\(/.test(whole) || attributes['background'] !== undefined) return null;
  const value = style.get('background-color') ?? style.get('background') ?? attributes['bgcolor']?.toLowerCase();
  if (value === undefined || /^(?:none|transparent|inherit|initial|unset|)$/.test(value)) return inherited;
  const color = value
    .slice(0, 200)
    .split(/\s+(?![^(]*\))/)
    .map(parseColor)
    .find((found) => found !== null);
  if (!color) return null;
  return color.alpha === 0 ? inherited : color.alpha < 0.9 ? null : color;
}

/** The style of an element inside another. `attributes` are its own, for what old pages say without CSS. */
export function nextStyle(
  outer: VisibleStyle,
  style: Declarations,
  attributes: Readonly<Record<string, string>>,
): VisibleStyle {
  const isHiddenAttribute = attributes['hidden'] !== undefined && attributes['hidden'] !== 'until-found';
  if (style.size === 0 && !isHiddenAttribute && !attributes['bgcolor'] && !attributes['color']) return outer;
  const opacity = Number.parseFloat(style.get('opacity') ?? '1');
  const visibility = style.get('visibility');
  const ownColor = style.get('color') ?? attributes['color']?.toLowerCase();
  return {
    isRemoved:
      outer.isRemoved ||
      (isHiddenAttribute && style.get('display') === undefined) ||
      style.get('display') === 'none' ||
      opacity < 0.05 ||
      isOffScreen(style) ||
      isSqueezed(style),
    isInvisible: visibility === undefined ? outer.isInvisible : /^(?:hidden|collapse)$/.test(visibility),
    fontPixels: fontPixelsOf(style, outer.fontPixels),
    color: ownColor === undefined ? outer.color : (parseColor(ownColor) ?? outer.color),
    background: backgroundOf(style, attributes, outer.background),
  };
}

/** Smaller writing is not meant for eyes. */
const tinyPixels = 2;

/** Whether a reader of the page sees text in this style. */
export function isSeen({ isRemoved, isInvisible, fontPixels, color, background }: VisibleStyle): boolean {
  if (isRemoved || isInvisible || fontPixels < tinyPixels) return false;
  return color === null || (color.alpha >= 0.1 && (background === null || !isSameColor(color, background)));
}
