import { identifierMakers } from '../../../electron/testing/identifier-texts.ts';
import { generatedWords } from './generated-words.ts';
import type { FieldKind, LanguageWords } from './generated-words.ts';

/** What is known to stand in a generated text. */
export type KnownPiece = {
  /** The kind, and for people whether the first name is in the lists and whether something around it says that it is a name. */
  readonly sort: string;
  readonly original: string;
};
export type GeneratedText = {
  readonly language: string;
  readonly layout: string;
  readonly text: string;
  readonly pieces: readonly KnownPiece[];
};

type Random = () => number;
const pick = <Item>(items: readonly Item[], random: Random): Item => {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from');
  return item;
};

/** First names of the lists, by language, and names that no list has: of other scripts' languages, or made up. */
const listed = {
  en: ['Margaret', 'Oliver', 'Emily', 'Harold', 'Beverly'],
  de: ['Annegret', 'Wolfgang', 'Katharina', 'Jürgen', 'Mirjam'],
  fr: ['Geneviève', 'Thibault', 'Mathilde', 'Jean-Luc', 'Solène'],
  es: ['Concepción', 'Francisco', 'Guadalupe', 'Álvaro', 'Raquel'],
  it: ['Giuseppina', 'Lorenzo', 'Chiara', 'Matteo', 'Ludovica'],
} as const;
const unlisted = [
  'Tsering',
  'Oluwaseun',
  'Nguyet',
  'Xiuying',
  'Ayodele',
  'Thandiwe',
  'Ravindran',
  'Bhavesh',
  'Zhiwei',
  'Okechukwu',
];
const starts = [
  'Bren',
  'Kal',
  'Mor',
  'Stein',
  'Vand',
  'Riv',
  'Tor',
  'Hal',
  'Quin',
  'Zell',
  'Farn',
  'Gold',
  'Whit',
  'Lach',
];
const ends = [
  'ner',
  'mann',
  'etti',
  'ez',
  'ard',
  'well',
  'ier',
  'ova',
  'inger',
  'amura',
  'ini',
  'ström',
  'eaux',
  'ley',
];
const family = (random: Random): string => {
  const one = `${pick(starts, random)}${pick(ends, random)}`;
  return random() < 0.1 ? `${one}-${pick(starts, random)}${pick(ends, random)}` : random() < 0.1 ? `von ${one}` : one;
};
const firmEnds = {
  en: ['Ltd', 'LLC', '& Sons Ltd'],
  de: ['GmbH', 'AG', 'GmbH & Co. KG'],
  fr: ['SARL', 'SAS'],
  es: ['S.L.', 'S.A.'],
  it: ['S.p.A.', 'S.r.l.'],
} as const;

const fieldKinds: readonly FieldKind[] = [
  'email',
  'phone',
  'iban',
  'card',
  'national-number',
  'ip-address',
  'secret-link',
  'secret',
  'address',
];

type Field = { readonly kind: FieldKind; readonly value: string };
type Draft = {
  readonly words: LanguageWords;
  readonly random: Random;
  /** A name that is told by what stands around it. */
  readonly told: string;
  /** A name in a sentence that says nothing of it. */
  readonly spoken: string;
  readonly firm: string;
  readonly born: string;
  readonly fields: readonly Field[];
};

const sentences = ({ words, random, spoken, firm, born, fields }: Draft): readonly string[] => [
  pick(words.plain, random),
  pick(words.about, random)(spoken),
  ...fields.flatMap(({ value }) => [
    pick(words.said, random)(value),
    ...(random() < 0.5 ? [pick(words.plain, random)] : []),
  ]),
  words.born(born),
  words.firm(firm),
];
const labelled = ({ words, told, born, fields }: Draft): readonly (readonly [string, string])[] => [
  [words.name, told],
  ...fields.map(({ kind, value }) => [words.fields[kind], value] as const),
  [words.fields['birth-date'], born],
];

/** Ways in which a text is laid out. */
const layouts: Readonly<Record<string, (draft: Draft) => string>> = {
  mail: (draft) =>
    `From: "${draft.told}" <office@example.org>\nSubject: 4/7\n\n${pick(draft.words.greetings, draft.random)} ${draft.told},\n\n${sentences(draft).join(' ')}\n\n${pick(draft.words.closings, draft.random)}\n${draft.told}\n-- \n${draft.told}\n`,
  letter: (draft) =>
    `${pick(draft.words.titles, draft.random)} ${draft.told}\n\n${pick(draft.words.greetings, draft.random)} ${pick(draft.words.titles, draft.random)} ${draft.told},\n\n${sentences(draft).join('\n')}\n\n${pick(draft.words.closings, draft.random)}\n\n${draft.told}`,
  table: (draft) =>
    [
      `| ${draft.words.name} | ${draft.told} |`,
      '|---|---|',
      ...labelled(draft).map(([key, value]) => `| ${key} | ${value} |`),
      '',
      ...sentences(draft).slice(0, 2),
      draft.words.firm(draft.firm),
    ].join('\n'),
  json: (draft) => JSON.stringify({ ...Object.fromEntries(labelled(draft)), notes: sentences(draft) }, null, 2),
  code: (draft) =>
    `const record = {\n${labelled(draft)
      .map(([key, value], index) => `  ${index === 0 ? 'name' : `field${index}`}: '${value}', // ${key}: ${value}`)
      .join('\n')}\n};\n// ${sentences(draft).join('\n// ')}\n`,
  form: (draft) =>
    `${labelled(draft)
      .map(([key, value]) => `${key} ${'.'.repeat(3 + Math.floor(draft.random() * 20))} ${value}`)
      .join('\n')}\n\n${sentences(draft).join('\n')}\n`,
};

/** One text, with everything in it that tells who somebody is. */
export function generateText(random: Random): GeneratedText {
  const language = pick(['en', 'de', 'fr', 'es', 'it'] as const, random);
  const layout = pick(Object.keys(layouts), random);
  const words = generatedWords[language];
  const isListed = random() < 0.7;
  const told = `${pick(isListed ? listed[language] : unlisted, random)} ${family(random)}`;
  const isSpokenListed = random() < 0.7;
  const spoken = `${pick(isSpokenListed ? listed[language] : unlisted, random)} ${family(random)}`;
  const firm = `${pick(starts, random)}${pick(ends, random)} ${pick(firmEnds[language], random)}`;
  const born = words.date(
    1 + Math.floor(random() * 28),
    1 + Math.floor(random() * 12),
    1940 + Math.floor(random() * 65),
  );
  const fields = Array.from({ length: 2 + Math.floor(random() * 4) }, (): Field => {
    const kind = pick(fieldKinds, random);
    return { kind, value: identifierMakers[kind]?.(random) ?? '' };
  });
  const write = layouts[layout];
  if (write === undefined) throw new Error('There is no such layout');
  const text = write({ words, random, told, spoken, firm, born, fields });
  const all: readonly KnownPiece[] = [
    { sort: isListed ? 'person, told' : 'person of no list, told', original: told },
    { sort: isSpokenListed ? 'person in a sentence' : 'person of no list in a sentence', original: spoken },
    { sort: 'organisation', original: firm },
    { sort: 'birth-date', original: born },
    ...fields.map(({ kind, value }) => ({ sort: kind, original: value })),
  ];
  return { language, layout, text, pieces: all.filter(({ original }) => text.includes(original)) };
}
