import { matches } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';
import { nationalNumbers } from './national-numbers.ts';

/** Characters before a number in which the word that names it must stand. */
const wordDistance = 40;

/** A number after a word that says that it names a person, whatever its check says: mistyped ones name people too. */
const named = matches(
  'national-number',
  /(?<!\p{L})(?:passport|reisepass|passeport|personalausweis|ausweis|identity card|id card|carte d['’]identité|driving licen[cs]e|driver['’]s licen[cs]e|führerschein|permis de conduire|social security|sozialversicherungs?|versicherten|insurance|steuer-?id|steuer(?:identifikations)?|tax|vat|ust-?id|patient(?:en)?|case|akten|matrikel|student|ssn|svnr|ahv|dni|nie|cpf|bsn|pesel)(?:[ -]?(?:no|nr|number|nummer|id|identification|numéro|n°|zeichen)\.?){1,2}\s{0,2}[:#=]?\s{0,2}(?<found>(?=[A-Z0-9./-]*\d)[A-Z0-9][A-Z0-9./-]{4,24}(?<![./-]))/giu,
);

/** Numbers of persons, each by its country's own check. */
export const nationalNumberFinders: readonly IdentifierFinder[] = [
  named,
  ...nationalNumbers.map(({ pattern, isValid, words }) => {
    const isNamed = words === undefined ? null : new RegExp(words, 'i');
    return matches(
      'national-number',
      new RegExp(`(?<![\\p{L}\\p{N}.,+-])(?:${pattern})(?![\\p{L}\\p{N}]|[.,-]\\d)`, 'gu'),
      (piece, match) => {
        const before = match.input.slice(Math.max(0, match.index - wordDistance), match.index);
        return (isNamed === null || isNamed.test(before)) && isValid(piece);
      },
    );
  }),
];
