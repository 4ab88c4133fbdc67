/** Red, green and blue, 0 to 255, and how opaque it is, 0 to 1. */
export type Color = { readonly red: number; readonly green: number; readonly blue: number; readonly alpha: number };

const named: Readonly<Record<string, string>> = {
  white: '#ffffff',
  snow: '#fffafa',
  ivory: '#fffff0',
  ghostwhite: '#f8f8ff',
  whitesmoke: '#f5f5f5',
  floralwhite: '#fffaf0',
  black: '#000000',
  gray: '#808080',
  grey: '#808080',
  silver: '#c0c0c0',
  lightgray: '#d3d3d3',
  lightgrey: '#d3d3d3',
  red: '#ff0000',
  green: '#008000',
  blue: '#0000ff',
  yellow: '#ffff00',
  navy: '#000080',
  orange: '#ffa500',
};

/** Reads a colour of CSS; null for a notation that is not known. */
export function parseColor(value: string): Color | null {
  const text = (Object.hasOwn(named, value) ? named[value] : value) ?? '';
  if (text === 'transparent') return { red: 0, green: 0, blue: 0, alpha: 0 };
  const digits = /^#?([\da-f]{3,8})$/.exec(text)?.[1];
  if (digits !== undefined) {
    const long = digits.length <= 4 ? digits.replaceAll(/./g, '$&$&') : digits;
    const part = (at: number): number => Number.parseInt(long.slice(at, at + 2) || 'ff', 16);
    return { red: part(0), green: part(2), blue: part(4), alpha: part(6) / 255 };
  }
  const numbers = /^rgba?\(([^)]*)\)$/
    .exec(text)?.[1]
    ?.split(/[\s,/]+/)
    .filter((part) => part !== '');
  if (!numbers || numbers.length < 3) return null;
  const share = (part: string | undefined, whole: number): number =>
    part === undefined ? whole : part.endsWith('%') ? (Number.parseFloat(part) / 100) * whole : Number.parseFloat(part);
  const [red, green, blue] = numbers.slice(0, 3).map((part) => share(part, 255));
  const alpha = numbers[3]?.endsWith('%') ? share(numbers[3], 1) : Number.parseFloat(numbers[3] ?? '1');
  const all = [red, green, blue, alpha];
  if (all.some((part) => part === undefined || Number.isNaN(part))) return null;
  return { red: red ?? 0, green: green ?? 0, blue: blue ?? 0, alpha };
}

/** Two colours nearer than this in every channel cannot be told apart by reading. */
const nearness = 24;

/** Whether text in the one on the other cannot be seen. */
export function isSameColor(a: Color, b: Color): boolean {
  if (a.alpha < 0.1) return true;
  return (
    Math.abs(a.red - b.red) < nearness && Math.abs(a.green - b.green) < nearness && Math.abs(a.blue - b.blue) < nearness
  );
}
