import { digitsOf, hasLuhnSum, remainderBy97 } from '../check-digits.ts';
import { matches } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';

/** ISO 13616: two letters, two check digits, up to 30 letters and digits, in groups or not; remainder 1 by 97 from the fifth on. */
const ibans = matches(
  'iban',
  /(?<![\p{L}\p{N}])[A-Z]{2}\s?\d{2}(?:[\s\u00a0-]?[A-Z0-9]){11,30}(?![\p{L}\p{N}])/giu,
  (piece) => isIban(piece),
);

/** Where a word in capitals follows, the expression takes it along; the shorter piece is tried then. */
const ibansBeforeWords: IdentifierFinder = (text) =>
  [...text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{2}\s?\d{2}(?:[\s\u00a0-]?[A-Z0-9]){11,40}/giu)].flatMap((match) => {
    for (let length = match[0].length; length >= 15; length -= 1) {
      const piece = match[0].slice(0, length);
      const isCut = /[A-Z0-9]/i.test(match[0][length] ?? '') && /[A-Z0-9]$/i.test(piece);
      if (!isCut && /[A-Z0-9]$/i.test(piece) && isIban(piece)) {
        return [{ kind: 'iban' as const, start: match.index, end: match.index + length }];
      }
    }
    return [];
  });

/** Fewest digits of an account number: words in a row have the right remainder one time in 97. */
const fewestDigits = 8;

function isIban(piece: string): boolean {
  const compact = piece.replaceAll(/[^A-Za-z0-9]/g, '');
  return (
    compact.length >= 15 &&
    compact.length <= 34 &&
    digitsOf(compact).length >= fewestDigits &&
    remainderBy97(`${compact.slice(4)}${compact.slice(0, 4)}`) === 1
  );
}

/** 13 to 19 digits that begin as a card's do (ISO/IEC 7812: 2 to 6), with Luhn's sum. */
const cards = matches(
  'card',
  /(?<![\p{L}\p{N}.,-])[2-6]\d{3}(?:[ \u00a0-]?\d{4}){2}[ \u00a0-]?\d{1,7}(?![\p{L}\p{N}]|[.,]\d)|(?<![\p{L}\p{N}.,-])3[47]\d{2}[ \u00a0-]?\d{6}[ \u00a0-]?\d{5}(?![\p{L}\p{N}])/gu,
  (piece) => {
    const digits = digitsOf(piece);
    return digits.length >= 13 && digits.length <= 19 && hasLuhnSum(digits);
  },
);

/** Accounts and cards. */
export const moneyFinders: readonly IdentifierFinder[] = [ibans, ibansBeforeWords, cards];
