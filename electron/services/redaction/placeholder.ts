import type { IdentifierKind } from './identifier.ts';
import type { PersonForm } from './names/form-of-name.ts';

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

/** People of whom the text tells more: German, French, Spanish and Italian need it for words that go with them. */
const formLabels: Readonly<Record<PersonForm, string>> = { female: 'PERSON_F', male: 'PERSON_M', several: 'PEOPLE' };

/** Every label, to find a placeholder by its form; a longer one stands before its beginning. */
export const placeholderLabels: readonly string[] = [...Object.values(formLabels), ...Object.values(labels)];

/** What stands for a piece of this kind; `form` counts for people only. */
export function placeholderLabel(kind: IdentifierKind, form: PersonForm | null): string {
  return kind === 'person' && form !== null ? formLabels[form] : labels[kind];
}

/** `PERSON_F_2`, or `PERSON_F_2_3` for the third way in which the second person is written; without brackets. */
export function placeholderName(label: string, entity: number, spelling: number): string {
  return spelling === 1 ? `${label}_${entity}` : `${label}_${entity}_${spelling}`;
}

/** As it stands in a text. */
export const bracketed = (name: string): string => `[${name}]`;

// Models escape the line below as Markdown has it.
const written = (between: string): string => {
  const labelled = placeholderLabels.map((label) => label.replaceAll('_', between)).join('|');
  return String.raw`(?:${labelled})${between}\d+(?:${between}\d+)?`;
};
const anyName = written(String.raw`\\?_`);
/** Within brackets a name is one in small letters, too, `[Person_1]`; with spaces it is one in capitals only: `[Link 1]` is text. */
const withinBrackets = String.raw`(?i:${anyName})|${written('[ -]')}`;

/**
 * The form of any placeholder, with or without its brackets, which some models drop or escape both, spaces inside of them,
 * or the plural behind a bare one. A backslash before it is the text's own.
 */
export const placeholderPattern = new RegExp(
  String.raw`\\\[(?<escaped>${withinBrackets})\\\]|\[ ?(?<inside>${withinBrackets}) ?\]|(?<![\p{L}\p{N}_])(?<bare>${anyName})(?=s?(?![\p{L}\p{N}_]))`,
  'gu',
);

/** The name in a match of the pattern, as it was given. */
export function nameOfMatch(groups: Readonly<Record<string, string | undefined>> | undefined): string {
  const name = groups?.['inside'] ?? groups?.['bare'] ?? groups?.['escaped'] ?? '';
  return name.replaceAll('\\', '').replaceAll(/[ -]/gu, '_').toUpperCase();
}

/** Whether a text that begins here, and ends where nothing more is known, may be a placeholder when the rest has come. */
export function mayBecomePlaceholder(start: string): boolean {
  const isBracketed = /^\\?\[/u.test(start);
  const plain = start.replace(/^\\?\[? ?/u, '').replaceAll('\\', '');
  if (plain === '') return start !== '';
  const name = isBracketed ? plain.replace(/ $/u, '').replaceAll(/[ -]/gu, '_').toUpperCase() : plain;
  return placeholderLabels.some((label) =>
    name.length <= label.length
      ? label.startsWith(name)
      : name.startsWith(label) && /^_?\d*(?:_\d*)?s?$/u.test(name.slice(label.length)),
  );
}
