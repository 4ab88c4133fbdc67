import {
  digitsOf,
  hasLuhnSum,
  hasMod1110Digit,
  hasVerhoeffDigit,
  isCalendarDay,
  remainderBy97,
  weightedSum,
} from '../check-digits.ts';

/** A number that a state gives to a person: how it is written, and what its digits must satisfy. */
export type NationalNumber = {
  /** Country by ISO 3166, and what it is called there. */
  readonly name: string;
  /** Source of an expression for the whole number. */
  readonly pattern: string;
  readonly isValid: (piece: string) => boolean;
  /** Words one of which must stand shortly before it, where its check is too weak to stand alone. */
  readonly words?: string;
};

const gap = String.raw`[ \u00a0.\-/]?`;

const byWeights =
  (weights: readonly number[], isRight: (sum: number, digits: readonly number[]) => boolean) =>
  (piece: string): boolean => {
    const digits = digitsOf(piece);
    return new Set(digits).size > 1 && isRight(weightedSum(digits, weights), digits);
  };

/** German tax number: one digit stands twice or three times among the first ten, and MOD 11,10. */
function isGermanTaxNumber(piece: string): boolean {
  const digits = digitsOf(piece);
  const counts = new Map<number, number>();
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  const repeated = [...counts.values()].filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && hasMod1110Digit(digits);
}

/** German pension number: area, birthday, letter, serial number; the letter counts as its two digits. */
function isGermanPensionNumber(piece: string): boolean {
  const compact = piece.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
  const spread = compact.replace(/[A-Z]/, (letter) => String(letter.charCodeAt(0) - 64).padStart(2, '0'));
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1];
  const sum = digitsOf(spread.slice(0, -1)).reduce((total, digit, index) => {
    const product = digit * (weights[index] ?? 0);
    return total + Math.floor(product / 10) + (product % 10);
  }, 0);
  return sum % 10 === Number(spread.at(-1));
}

function isItalianCode(piece: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  const code = piece.toUpperCase();
  const sum = Array.from(code.slice(0, 15)).reduce((total, character, index) => {
    const value = /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65;
    return total + (index % 2 === 0 ? (odd[value] ?? 0) : value);
  }, 0);
  return code[15] === String.fromCharCode(65 + (sum % 26));
}

function isSpanishNumber(piece: string): boolean {
  const compact = piece.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
  const number = compact.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return compact.at(-1) === 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23];
}

function isFrenchNumber(piece: string): boolean {
  const compact = piece.replaceAll(/[^0-9AB]/gi, '').toUpperCase();
  const body = compact.slice(0, 13).replace('2A', '19').replace('2B', '18');
  const month = Number(compact.slice(3, 5));
  const isMonth = (month >= 1 && month <= 12) || month >= 20;
  return isMonth && 97 - remainderBy97(body) === Number(compact.slice(13));
}

function isFinnishNumber(piece: string): boolean {
  const [day, month, year] = [piece.slice(0, 2), piece.slice(2, 4), piece.slice(4, 6)].map(Number);
  const number = Number(`${piece.slice(0, 6)}${piece.slice(7, 10)}`);
  return (
    isCalendarDay(2000 + (year ?? 0), month ?? 0, day ?? 0) &&
    piece.at(-1)?.toUpperCase() === '0123456789ABCDEFHJKLMNPRSTUVWXY'[number % 31]
  );
}

const beginsWithDay =
  (isRest: (digits: readonly number[]) => boolean) =>
  (piece: string): boolean => {
    const digits = digitsOf(piece);
    const [day, month] = [weightedSum(digits, [10, 1]), weightedSum(digits.slice(2), [10, 1])];
    return isCalendarDay(2000, month, day) && isRest(digits);
  };

function isSwedishNumber(piece: string): boolean {
  const digits = digitsOf(piece).slice(-10);
  const [month, day] = [weightedSum(digits.slice(2), [10, 1]), weightedSum(digits.slice(4), [10, 1])];
  // A coordination number adds 60 to the day.
  return isCalendarDay(2000, month, day > 60 ? day - 60 : day) && hasLuhnSum(digits);
}

function isNorwegianNumber(digits: readonly number[]): boolean {
  const [first, second] = [
    weightedSum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]),
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]),
  ];
  return first % 11 === 0 && second % 11 === 0;
}

function isBelgianNumber(piece: string): boolean {
  const digits = piece.replaceAll(/\D/g, '');
  const [body, check] = [digits.slice(0, 9), Number(digits.slice(9))];
  return [body, `2${body}`].some((number) => 97 - (Number(number) % 97) === check);
}

function isBrazilianNumber(piece: string): boolean {
  const digits = digitsOf(piece);
  const check = (count: number): number => {
    const weights = Array.from({ length: count }, (_, index) => count + 1 - index);
    return ((weightedSum(digits, weights) * 10) % 11) % 10;
  };
  return new Set(digits).size > 1 && check(9) === digits[9] && check(10) === digits[10];
}

/** Sources: the checks as the authorities publish them, collected at en.wikipedia.org/wiki/National_identification_number. */
export const nationalNumbers: readonly NationalNumber[] = [
  { name: 'DE tax', pattern: `[1-9]\\d(?:${gap}\\d{3}){3}`, isValid: isGermanTaxNumber },
  { name: 'DE pension', pattern: `\\d{2}${gap}\\d{6}${gap}[A-Za-z]${gap}\\d{3}`, isValid: isGermanPensionNumber },
  {
    name: 'AT insurance',
    pattern: `[1-9]\\d{3}${gap}\\d{6}`,
    isValid: byWeights([3, 7, 9, 0, 5, 8, 4, 2, 1, 6], (sum, digits) => sum % 11 === digits[3]),
  },
  {
    name: 'CH insurance',
    pattern: '756[ .]?\\d{4}[ .]?\\d{4}[ .]?\\d{2}',
    isValid: byWeights([1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1], (sum) => sum % 10 === 0),
  },
  {
    name: 'FR insurance',
    pattern: `[12]${gap}\\d{2}${gap}\\d{2}${gap}(?:\\d{2}|2[ABab])${gap}\\d{3}${gap}\\d{3}${gap}\\d{2}`,
    isValid: isFrenchNumber,
  },
  {
    name: 'IT tax',
    pattern: '[A-Za-z]{6}\\d{2}[A-EHLMPR-Ta-ehlmpr-t]\\d{2}[A-Za-z]\\d{3}[A-Za-z]',
    isValid: isItalianCode,
  },
  { name: 'ES identity', pattern: '(?:\\d{8}|[XYZxyz][- ]?\\d{7})[- ]?[A-Za-z]', isValid: isSpanishNumber },
  {
    name: 'PT tax',
    pattern: '[1-356]\\d{2}[ .]?\\d{3}[ .]?\\d{3}',
    isValid: byWeights([9, 8, 7, 6, 5, 4, 3, 2], (sum, digits) => (sum % 11 < 2 ? 0 : 11 - (sum % 11)) === digits[8]),
    words: 'nif|contribuinte|nipc',
  },
  {
    name: 'NL service',
    pattern: '\\d{4}[ .]?\\d{2}[ .]?\\d{3}',
    isValid: byWeights([9, 8, 7, 6, 5, 4, 3, 2, -1], (sum) => sum % 11 === 0),
    words: 'bsn|burgerservicenummer|sofi',
  },
  { name: 'BE register', pattern: '\\d{2}[ .]?\\d{2}[ .]?\\d{2}[ .-]?\\d{3}[ .-]?\\d{2}', isValid: isBelgianNumber },
  {
    name: 'PL register',
    pattern: '\\d{11}',
    isValid: byWeights([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], (sum) => sum % 10 === 0),
    words: 'pesel',
  },
  { name: 'SE person', pattern: '(?:19|20)?\\d{6}[-+]?\\d{4}', isValid: isSwedishNumber },
  { name: 'NO birth', pattern: `\\d{6} ?\\d{5}`, isValid: beginsWithDay(isNorwegianNumber) },
  { name: 'DK person', pattern: '\\d{6}-\\d{4}', isValid: beginsWithDay(() => true) },
  { name: 'FI person', pattern: '\\d{6}[-+A-FU-Ya-fu-y]\\d{3}[0-9A-Ya-y]', isValid: isFinnishNumber },
  {
    name: 'GB health',
    pattern: '\\d{3}[ -]?\\d{3}[ -]?\\d{4}',
    isValid: byWeights([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], (sum) => sum % 11 === 0),
    words: 'nhs',
  },
  {
    name: 'GB insurance',
    pattern: '(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
    isValid: () => true,
  },
  { name: 'US security', pattern: '(?!000|666|9)\\d{3}[- ](?!00)\\d{2}[- ](?!0000)\\d{4}', isValid: () => true },
  {
    name: 'CA insurance',
    pattern: '[1-79]\\d{2}[ -]\\d{3}[ -]\\d{3}',
    isValid: (piece) => hasLuhnSum(digitsOf(piece)),
  },
  {
    name: 'AU tax',
    pattern: '\\d{3} ?\\d{3} ?\\d{3}',
    isValid: byWeights([1, 4, 3, 7, 5, 8, 6, 9, 10], (sum) => sum % 11 === 0),
    words: 'tfn|tax file',
  },
  { name: 'BR tax', pattern: '\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}', isValid: isBrazilianNumber },
  {
    name: 'IN identity',
    pattern: '[2-9]\\d{3} ?\\d{4} ?\\d{4}',
    isValid: (piece) => hasVerhoeffDigit(digitsOf(piece)),
  },
];
