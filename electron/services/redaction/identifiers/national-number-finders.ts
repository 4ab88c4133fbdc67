import { matches } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';
import { nationalNumbers } from './national-numbers.ts';

/** Characters before a number in which the word that names it must stand. */
const wordDistance = 40;

/** A number after a word that says that it names a person, whatever its check says: mistyped ones name people too. */
const named = matches(
  'national-number',
  /(?<!\p{L})(?:passport|reisepass|passeport|personalausweis|ausweis|identity card|id card|carte d['’]identité|driving licen[cs]e|driver['’]s licen[cs]e|führerschein|permis de conduire|social security|sozialversicherungs?|versicherten|insurance|steuer-?id|steuer(?:identifikations)?|tax|vat|ust-?id|patient(?:en)?|medical record|krankenakten?|fall|case|docket|akten|vorgangs?|matrikel|student|kunden|customer|client|mitglieds?|member(?:ship)?|vertrags?|contract|polizzen?|policen?|policy|dossier|expediente|pratica|ssn|svnr|ahv|dni|nie|cpf|bsn|pesel)(?:[ -]?(?:no|nr|number|nummer|id|identification|numéro|núm|num|n°|nº|zeichen)\.?){1,2}\s{0,2}(?:[:#=]|is|ist|lautet|est|es|è)?\s{0,2}(?<found>(?=[A-Z0-9.:/-]*\d)[A-Z0-9][A-Z0-9.:/-]{4,24}(?<![.:/-]))/giu,
);

/** Numbers of cases and plates, which have spaces in them, after what they are called. */
const cases = matches(
  'national-number',
  /(?<![\p{L}\p{N}])(?:aktenzeichen|az|geschäftszahl|gz)\.?\s{0,2}:?\s{1,2}(?<found>(?:\d{1,4}\s)?[A-Z][A-Za-z]{0,4}\s?\d{1,6}\/\d{2,4}[a-z]?(?:-\d{1,3})?)(?![\p{L}\p{N}])/giu,
);
const records = matches(
  'national-number',
  /(?<![\p{L}\p{N}])(?:mrn|expediente|dossier|r\.?g\.?n\.?)\.?\s{0,2}[:#]?\s{0,2}(?<found>\d[\d./-]{4,20}\d)(?![\p{L}\p{N}])/giu,
);
const plates = matches(
  'national-number',
  /(?<!\p{L})(?:kennzeichen|licen[cs]e plate|number plate|registration plate|immatriculation|matrícula|targa)(?:\s(?:no|number|nr)\.?)?\s{0,2}:?\s{1,2}(?<found>(?=[\p{Lu}\d -]*\d)[\p{Lu}\d]{1,4}(?:[ -]?[\p{Lu}\d]{1,5}){1,3})(?![\p{L}\p{N}])/giu,
  (piece) => piece === piece.toUpperCase(),
);

/** Numbers of persons, each by its country's own check. */
export const nationalNumberFinders: readonly IdentifierFinder[] = [
  named,
  cases,
  records,
  plates,
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
