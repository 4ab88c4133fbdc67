import type { IdentifierKind } from './identifier.ts';

/** What stands for a kind in a placeholder: English words that every large model keeps as they are. */
const labels: Readonly<Record<IdentifierKind, string>> = {
  email: 'EMAIL',
  phone: 'PHONE',
  iban: 'ACCOUNT',
  card: 'CARD',
  'national-number': 'NUMBER',
  'ip-address': 'MACHINE',
  'secret-link': 'LINK',
  secret: 'SECRET',
  'birth-date': 'DATE',
  address: 'ADDRESS',
  person: 'PERSON',
  organisation: 'ORGANISATION',
  place: 'PLACE',
  'own-word': 'NAME',
};

/** Every label, to find a placeholder by its form. */
export const placeholderLabels: readonly string[] = Object.values(labels);

/** `PERSON_2`, or `PERSON_2_3` for the third way in which the second person is written; without brackets. */
export function placeholderName(kind: IdentifierKind, entity: number, spelling: number): string {
  return spelling === 1 ? `${labels[kind]}_${entity}` : `${labels[kind]}_${entity}_${spelling}`;
}

/** As it stands in a text. */
export const bracketed = (name: string): string => `[${name}]`;

/** The form of any placeholder, with or without its brackets, which some models drop or escape. */
export const placeholderPattern = new RegExp(
  String.raw`\\?\[(?<inside>(?:${Object.values(labels).join('|')})_\d+(?:_\d+)?)\\?\]|(?<![\p{L}\p{N}_])(?<bare>(?:${Object.values(labels).join('|')})_\d+(?:_\d+)?)(?![\p{L}\p{N}_])`,
  'gu',
);
