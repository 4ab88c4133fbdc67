import type { Identifier, IdentifierFinder } from '../identifier.ts';
import { matches } from '../identifier.ts';

/** One part of a name: capital first, with what names have in them. */
const part = String.raw`\p{Lu}(?:[\p{Ll}\p{M}]+|['’]\p{Lu}[\p{Ll}\p{M}]+|\.)(?:[-'’]\p{Lu}?[\p{Ll}\p{M}]+)*`;
const particle = '(?:von|van|de|del|della|di|da|du|la|le|der|den|zu|zur|vom|ten|ter|bin|al)';
const name = `${part}(?:[ \\u00a0](?:${particle}[ \\u00a0]){0,2}${part}){0,3}`;

const title =
  '(?:Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Dr|Prof|Herrn?|Frau|Hr|Fr|Mag|Dipl|Ing|Monsieur|Madame|Mademoiselle|Mme|Mlle|Señora?|Sra?|Signora?|Sig|Mevrouw|Meneer|Dhr|Mw|Judge|Justice|Captain|Rabbi|Pastor|Pfarrer|Richter|Richterin|Rechtsanwalt|Rechtsanwältin|RA|Notar)';
const afterTitle = matches(
  'person',
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${title}\\.?[ \\u00a0]){1,3}(?<found>${name})`, 'gu'),
  (piece) => !isCommon(piece),
);

/** After a greeting, and before the comma that ends it. */
const greeted = matches(
  'person',
  new RegExp(
    `(?<!\\p{L})(?:Dear|Hi|Hello|Liebe[rs]?|Hallo|Servus|Cher|Chère|Bonjour|Querid[oa]|Hola|Car[oa]|Ciao|Beste)[ \\u00a0](?:${title}\\.?[ \\u00a0]){0,3}(?<found>${name})(?=[ ]?[,!:\\n])`,
    'gu',
  ),
  (piece) => !isCommon(piece),
);

/** After a closing formula, in the lines below it. */
const signed = matches(
  'person',
  new RegExp(
    `(?<!\\p{L})(?:regards|sincerely|faithfully|cheers|wishes|yours|grüßen|grüssen|gruß|gruss|hochachtungsvoll|cordialement|salutations|saludos|atentamente|saluti|groeten)[,.!]?[ \\t]*\\n\\s{0,4}(?<found>${name})(?=[ \\t]*(?:\\n|$|,))`,
    'giu',
  ),
  (piece) => /^\p{Lu}/u.test(piece),
);

/** After a word that introduces a name: fields of forms, headers of mail, self-introductions. */
const introduced = matches(
  'person',
  new RegExp(
    `(?<!\\p{L})(?:(?:(?:full|first|last|family|sur|given|maiden|patient(?:'s)?|client(?:'s)?|contact|Vor|Nach|Familien|Geburts)?[ ]?name|Name|Patient(?:in)?|Client|Mandant(?:in)?|Tenant|Landlord|Mieter(?:in)?|Vermieter(?:in)?|From|To|Cc|Von|An|Contact|Ansprechpartner(?:in)?|Signed|Unterzeichnet)[ ]?:[ \\u00a0]{0,3}|(?:[Mm]y name is|I am called|[Ii]ch heiße|[Mm]ein Name ist|[Jj]e m['’]appelle|[Mm]e llamo|[Mm]i chiamo)[ ])(?:${title}\\.?[ \\u00a0]){0,3}(?<found>${name})`,
    'gu',
  ),
  (piece) => !isCommon(piece),
);

const legalForm =
  '(?:GmbH(?:[ ]&[ ]Co\\.?[ ]KG)?|gGmbH|mbH|AG|KG|OHG|OG|UG|SE|e\\.?[ ]?V\\.|e\\.?U\\.|eG|Ltd\\.?|Limited|LLC|LLP|PLC|plc|Inc\\.?|Corp\\.?|Corporation|Company|Co\\.|S\\.?A\\.?R?\\.?L?\\.?|SAS|SNC|S\\.?p\\.?A\\.?|S\\.?r\\.?l\\.?|B\\.?V\\.?|N\\.?V\\.?|Oy|AB|ApS|A/S|Sp\\.[ ]z[ ]o\\.?o\\.?|Stiftung|Foundation|Partners|Associates|Holding)';
const organisations = matches(
  'organisation',
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:\\p{Lu}[\\p{L}\\p{N}.&'’-]*[ \\u00a0](?:(?:&|und|and|et|of|für|de)[ \\u00a0])?){1,5}${legalForm}(?![\\p{L}\\p{N}])`,
    'gu',
  ),
);

const institutions = matches(
  'organisation',
  /(?<![\p{L}\p{N}])(?:(?:University|Universität|Université|Hospital|Klinikum|Krankenhaus|Clinic|School|College|Bank|Amtsgericht|Landesgericht|Landgericht|Bezirksgericht|Finanzamt|Institut|Institute|Museum|Kanzlei|Praxis)[ \u00a0](?:(?:of|de|für|der|des|St\.)[ \u00a0])?\p{Lu}[\p{L}-]+(?:[ \u00a0]\p{Lu}[\p{L}-]+)?|(?:\p{Lu}[\p{L}'’.-]+[ \u00a0]){1,3}(?:University|Hospital|Clinic|School|College|Bank|Museum|Institute|Universität|Klinik|Klinikum|Krankenhaus)(?!\p{L}))/gu,
);

/** Words that stand capitalised after titles, greetings and colons and are nobody's name. */
const common = new Set(
  'all,everyone,everybody,team,sir,madam,sirs,colleague,colleagues,customer,customers,friend,friends,damen,herren,kollegen,kolleginnen,zusammen,world,there,support,service,unknown,none,yes,no,the,see,page,date,subject,der,die,das,und,and,or,oder'.split(
    ',',
  ),
);
const isCommon = (piece: string): boolean => common.has(piece.toLowerCase().split(/[ \u00a0]/)[0] ?? '');

const escapeForPattern = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

/** Words of the person's own list, whole and whatever their case; spaces match any white space. */
export function findOwnWords(words: readonly string[]): IdentifierFinder {
  const known = words.map((word) => word.trim()).filter((word) => word.length > 0);
  if (known.length === 0) return () => [];
  const ranked = known.toSorted((one, other) => other.length - one.length);
  const patterns = ranked.map((word) => escapeForPattern(word).replaceAll(/\s+/g, String.raw`\s+`));
  return matches('own-word', new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu'));
}

/** Shortest part of a name that is looked for by itself. */
const shortestPart = 3;

/** Parts of the names that were found, wherever else they stand: the family name without the title. */
export function findKnownNames(text: string, found: readonly Identifier[]): readonly Identifier[] {
  const parts = new Set(
    found
      .filter(({ kind }) => kind === 'person')
      .flatMap(({ start, end }) => [text.slice(start, end), ...text.slice(start, end).split(/[ \u00a0]/)])
      .filter((one) => one.length >= shortestPart && /^\p{Lu}/u.test(one) && !isCommon(one)),
  );
  if (parts.size === 0) return [];
  const ranked = [...parts].sort((one, other) => other.length - one.length).map(escapeForPattern);
  return matches('person', new RegExp(`(?<![\\p{L}\\p{N}])(?:${ranked.join('|')})(?![\\p{L}\\p{N}])`, 'gu'))(text);
}

/** Names by what stands around them; a model that knows names adds to them. */
export const nameFinders: readonly IdentifierFinder[] = [
  afterTitle,
  greeted,
  signed,
  introduced,
  organisations,
  institutions,
];
