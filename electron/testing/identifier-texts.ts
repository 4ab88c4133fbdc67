import {
  hasLuhnSum,
  hasMod1110Digit,
  hasVerhoeffDigit,
  remainderBy97,
  weightedSum,
} from '../services/redaction/check-digits.ts';
import type { IdentifierKind } from '../services/redaction/identifier.ts';

/** A number from 0 to below 1. */
type Random = () => number;

/** A text, and what in it tells who somebody is. */
export type IdentifierText = {
  readonly text: string;
  readonly identifiers: readonly { readonly kind: IdentifierKind; readonly original: string }[];
};

const pick = <Item>(items: readonly Item[], random: Random): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
};
const digits = (count: number, random: Random): string =>
  Array.from({ length: count }, () => Math.floor(random() * 10)).join('');

/** Tries random bodies until one has a right check. */
function until(make: () => string, isRight: (text: string) => boolean): string {
  for (;;) {
    const text = make();
    if (isRight(text)) return text;
  }
}
const numbers = (text: string): readonly number[] => Array.from(text.replaceAll(/\D/g, ''), Number);

function iban(random: Random): string {
  const [country, length] = pick(
    [
      ['DE', 18],
      ['AT', 16],
      ['CH', 17],
      ['FR', 23],
      ['NL', 14],
      ['ES', 20],
    ] as const,
    random,
  );
  const body = country === 'NL' ? `ABNA${digits(10, random)}` : digits(length, random);
  const check = String(98 - remainderBy97(`${body}${country}00`)).padStart(2, '0');
  const compact = `${country}${check}${body}`;
  return random() < 0.5 ? compact : compact.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

function card(random: Random): string {
  const number = until(
    () => `${pick(['4', '51', '55', '22'], random)}${digits(15, random)}`.slice(0, 16),
    (one) => hasLuhnSum(numbers(one)),
  );
  return pick([number, number.replaceAll(/(.{4})(?=.)/g, '$1 '), number.replaceAll(/(.{4})(?=.)/g, '$1-')], random);
}

function nationalNumber(random: Random): string {
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
  const month = String(1 + Math.floor(random() * 12)).padStart(2, '0');
  return pick(
    [
      () =>
        until(
          () => `${1 + Math.floor(random() * 9)}${digits(10, random)}`,
          (one) => {
            const counts = [...new Set(one.slice(0, 10))].map((digit) => one.slice(0, 10).split(digit).length - 1);
            const repeated = counts.filter((count) => count > 1);
            return repeated.length === 1 && (repeated[0] ?? 4) <= 3 && hasMod1110Digit(numbers(one));
          },
        ).replace(/^(\d{2})(\d{3})(\d{3})(\d{3})$/, '$1 $2 $3 $4'),
      () =>
        until(
          () => `${1 + Math.floor(random() * 9)}${digits(3, random)} ${day}${month}${digits(2, random)}`,
          (one) => weightedSum(numbers(one), [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === numbers(one)[3],
        ),
      () =>
        until(
          () => `756.${digits(4, random)}.${digits(4, random)}.${digits(2, random)}`,
          (one) => weightedSum(numbers(one), [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
        ),
      () => {
        const body = `${pick(['1', '2'], random)}${digits(2, random)}${month}75${digits(3, random)}${digits(3, random)}`;
        return `${body}${String(97 - remainderBy97(body)).padStart(2, '0')}`;
      },
      () => {
        const number = digits(8, random);
        return `${number}${'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] ?? ''}`;
      },
      () =>
        `${1 + Math.floor(random() * 5)}${digits(2, random)}-${1 + Math.floor(random() * 9)}${digits(1, random)}-${1 + Math.floor(random() * 9)}${digits(3, random)}`,
      () =>
        until(
          () => `${2 + Math.floor(random() * 8)}${digits(3, random)} ${digits(4, random)} ${digits(4, random)}`,
          (one) => hasVerhoeffDigit(numbers(one)),
        ),
    ],
    random,
  )();
}

function phone(random: Random): string {
  return pick(
    [
      () => `+43 ${1 + Math.floor(random() * 9)} ${digits(3, random)} ${digits(2, random)} ${digits(2, random)}`,
      () => `+49 (0)30 ${1 + Math.floor(random() * 9)}${digits(6, random)}`,
      () => `0049 171 ${1 + Math.floor(random() * 9)}${digits(6, random)}`,
      () =>
        `+1-${pick(['212', '415', '646'], random)}-${2 + Math.floor(random() * 8)}${digits(2, random)}-${digits(4, random)}`,
      () =>
        `(${pick(['212', '415'], random)}) ${2 + Math.floor(random() * 8)}${digits(2, random)}-${digits(4, random)}`,
      () => `0664/${1 + Math.floor(random() * 9)}${digits(6, random)}`,
      () => `01 ${digits(2, random)} ${digits(2, random)} ${digits(2, random)} ${digits(2, random)}`,
    ],
    random,
  )();
}

const people = [
  'Anna Schneider',
  'Jean-Luc Moreau',
  'Miriam O’Neill',
  'Ferenc Nagy',
  'Łucja Kowalska',
  'Peter von der Heide',
];

function email(random: Random): string {
  const name = pick(['anna.schneider', 'j.moreau+work', 'mo_neill', 'FNagy', 'peter'], random);
  return `${name}${digits(2, random)}@${pick(['example.org', 'mail.example.co.uk', 'post.example.at', 'büro.example.de'], random)}`;
}

/** Makes one piece of a kind, with the checks that its number has. Names are not among them. */
export const identifierMakers: Readonly<Partial<Record<IdentifierKind, (random: Random) => string>>> = {
  email,
  phone,
  iban,
  card,
  'national-number': nationalNumber,
  'ip-address': (random) =>
    pick(
      [
        `192.168.${Math.floor(random() * 255)}.${Math.floor(random() * 255)}`,
        `2001:db8:${digits(3, random)}::${digits(2, random)}`,
      ],
      random,
    ),
  'secret-link': (random) => `https://files.example.com/d/report.pdf?token=${digits(18, random)}`,
  secret: (random) =>
    `${pick(['sk-proj-', 'ghp_', 'hf_'], random)}${Array.from({ length: 36 }, () => pick(Array.from('abcdefghijkXYZ0123456789'), random)).join('')}`,
  address: (random) =>
    pick(
      [
        `Lindenstraße ${1 + Math.floor(random() * 99)}, 1010 Wien`,
        `${1 + Math.floor(random() * 99)} Harbour Street`,
        `${1 + Math.floor(random() * 99)}, rue de la Paix, 75002 Paris`,
      ],
      random,
    ),
};

/** Sentences of four languages around one piece; layouts as in letters, tables, JSON and mail. */
const surroundings: readonly ((piece: string) => string)[] = [
  (piece) => `Please use ${piece} from now on.`,
  (piece) => `Bitte ab sofort ${piece} verwenden.`,
  (piece) => `Merci d’utiliser ${piece} désormais.`,
  (piece) => `Por favor, use ${piece} a partir de ahora.`,
  (piece) => `| value | ${piece} | checked |`,
  (piece) => `{"value": "${piece}", "isOld": false}`,
  (piece) => `> On Monday somebody wrote: ${piece}`,
  (piece) => `- ${piece}\n- nothing else`,
  (piece) => `(${piece})`,
  (piece) => `Value:\t${piece}\n`,
];
const fillers = [
  'The meeting of 12 March 2026 took 3.5 hours and cost 1,200.50 euros.',
  'Die Frist beträgt 14 Tage, siehe § 12 Abs. 3 und Tabelle 4.',
  'Version 2.14.3 has 1 048 576 rows in 16 384 columns.',
  'Le chapitre 7 compte 245 pages.',
];

/** A text of four to twelve lines in which identifiers of random kinds stand. */
export function makeIdentifierText(random: Random): IdentifierText {
  const kinds = Object.entries(identifierMakers);
  const lines: string[] = [];
  const identifiers: { kind: IdentifierKind; original: string }[] = [];
  const count = 2 + Math.floor(random() * 5);
  for (let index = 0; index < count; index += 1) {
    const [kind, make] = pick(kinds, random);
    const original = make(random);
    // The keys of an object are its type's own.
    identifiers.push({ kind: kind as IdentifierKind, original });
    lines.push(pick(surroundings, random)(original), pick(fillers, random));
  }
  const person = pick(people, random);
  identifiers.push({ kind: 'person', original: person });
  lines.unshift(
    pick([`Dear ${person},`, `Sehr geehrte Frau ${person},`, `Name: ${person}`, `My name is ${person}.`], random),
  );
  return { text: lines.join(random() < 0.7 ? '\n' : '\n\n'), identifiers };
}
