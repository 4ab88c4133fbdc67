/** Digits of a text as numbers; everything else is left out. */
export function digitsOf(text: string): readonly number[] {
  return Array.from(text.replaceAll(/\D/g, ''), Number);
}

/** Luhn's sum (ISO/IEC 7812-1, annex B): payment cards, Swedish and Canadian numbers. */
export function hasLuhnSum(digits: readonly number[]): boolean {
  const sum = digits.toReversed().reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return digits.length > 1 && sum % 10 === 0;
}

/** Remainder by 97 of a number written in letters and digits, A as 10 to Z as 35 (ISO 7064, MOD 97-10). */
export function remainderBy97(text: string): number {
  let remainder = 0;
  for (const character of text.toUpperCase()) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

/** Hybrid system MOD 11,10 (ISO 7064): the last digit checks the others. */
export function hasMod1110Digit(digits: readonly number[]): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (digit + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  const check = 11 - product;
  return digits.at(-1) === (check === 10 ? 0 : check);
}

/** Sum of the digits, each times its weight; digits beyond the weights do not count. */
export function weightedSum(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);
}

/** The multiplication table of the dihedral group of order 10, row by row (Verhoeff 1969). */
const dihedral = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
] as const;
const permuted = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's check (1969), which also sees digits that changed places: Indian numbers. */
export function hasVerhoeffDigit(digits: readonly number[]): boolean {
  const end = digits.toReversed().reduce((state, digit, index) => {
    const moved = Number(permuted[index % 8]?.[digit]);
    return Number(dihedral[state]?.[moved]);
  }, 0);
  return digits.length > 1 && end === 0;
}

/** Whether year, month (1 to 12) and day name a day of the calendar. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && month >= 1;
}
