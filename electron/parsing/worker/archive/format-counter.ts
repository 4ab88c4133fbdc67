const numerals: readonly (readonly [number, string])[] = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
];

function roman(value: number): string {
  let rest = value;
  let text = '';
  for (const [size, numeral] of numerals) {
    text += numeral.repeat(Math.floor(rest / size));
    rest %= size;
  }
  return text;
}

/** a to z, then aa, bb and on, as word processors count. */
function letters(value: number): string {
  const letter = String.fromCodePoint(97 + ((value - 1) % 26));
  return letter.repeat(Math.ceil(value / 26));
}

/** A list's number as it is shown. `format` is the name that Word gives it; unknown ones are decimal. */
export function formatCounter(value: number, format: string): string {
  // Beyond it letters and numerals would get long without bound.
  if (value < 1 || value > 3_999) return String(value);
  switch (format) {
    case 'lowerLetter':
      return letters(value);
    case 'upperLetter':
      return letters(value).toUpperCase();
    case 'lowerRoman':
      return roman(value);
    case 'upperRoman':
      return roman(value).toUpperCase();
    case 'decimalZero':
      return String(value).padStart(2, '0');
    case 'ordinal':
      return `${value}.`;
    case 'none':
      return '';
    default:
      return String(value);
  }
}
