import { digitsOf } from '../check-digits.ts';
import { matches } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';

/** Letters before the sign as RFC 5322's dot-atom has them, international names included, and a name with a dot after it. */
const emails = matches(
  'email',
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}(?:@|\s?\((?:at|ät)\)\s?|\s?\[(?:at|ät)\]\s?)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/giu,
);

const separator = String.raw`[\s.\-/\u00a0\u2010\u2011]`;

/** With a country's code: `+43 1 234 56 78`, `0049 (0) 30 1234567`. E.164 has 7 to 15 digits. */
const internationalPhones = matches(
  'phone',
  new RegExp(
    String.raw`(?<![\p{L}\p{N}+])(?:\+|00)${separator}?[1-9](?:${separator}{0,2}(?:\(\d{1,5}\)|\d)){6,15}(?![\p{L}\p{N}])`,
    'gu',
  ),
  (piece) => digitsOf(piece).length >= 8 && digitsOf(piece).length <= 17,
);

/** As they are dialled within a country: a zero or an area code in brackets first, and groups. */
const nationalPhones = matches(
  'phone',
  new RegExp(
    String.raw`(?<![\p{L}\p{N}.,/-])(?:\(0\d{1,5}\)|\(\d{3}\)|0\d{1,5}(?=${separator}))${separator}{0,2}\d{2,}(?:${separator}\d{2,}){0,5}(?![\p{L}\p{N}]|[.,]\d)`,
    'gu',
  ),
  (piece) => digitsOf(piece).length >= 8 && digitsOf(piece).length <= 15 && !looksLikeDate(piece),
);

/** `555-123-4567` and `555.123.4567`, whose area codes and exchanges begin with 2 to 9. */
const northAmericanPhones = matches(
  'phone',
  /(?<![\p{L}\p{N}.+-])(?:1[-. ])?[2-9]\d{2}([-. ])[2-9]\d{2}\1\d{4}(?![\p{L}\p{N}-])/gu,
);

/** A number beside a word that says what it is. */
const namedPhones = matches(
  'phone',
  /(?<!\p{L})(?:tel(?:ephone|efon|éphone|\.)?|phone|mobile?|mobil(?:e|telefon)?|handy|fax|cell|portable|call|anruf|nummer)(?:\s?(?:no|nr|number|nummer)\.?)?\s?[.:]*\s{0,2}(?<found>\+?\(?\d[\d\s().\-/\u00a0]{4,22}\d)(?!\d)/giu,
  (piece) => digitsOf(piece).length >= 6 && digitsOf(piece).length <= 16 && !looksLikeDate(piece),
);

function looksLikeDate(piece: string): boolean {
  return /^\d{1,4}[./-]\d{1,2}[./-]\d{2,4}(?!\d)(?:\s\d{1,2})?$|^\d{5}-\d{4}$|^\d{1,4}\/\d{1,2}\/\d{2,4}\//.test(
    piece.trim(),
  );
}

/** Ways to reach a person. */
export const contactFinders: readonly IdentifierFinder[] = [
  emails,
  internationalPhones,
  nationalPhones,
  northAmericanPhones,
  namedPhones,
];
