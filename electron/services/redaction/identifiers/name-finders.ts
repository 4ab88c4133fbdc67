import type { Identifier, IdentifierFinder } from '../identifier.ts';
import { isNameInPlace, isParticle, mayBeName, nameWordsOf, standsAsWord } from '../names/name-words.ts';
import type { NameWord } from '../names/name-words.ts';
import { findFirstNames } from './first-name-finder.ts';
import { findFullNames } from './full-name-finder.ts';

/** One part of a name, at most 30 letters between its signs, so that a line without end is read once. */
const part = String.raw`\p{Lu}(?:\.|['’]?[\p{L}\p{M}]{1,30})(?:[-'’][\p{L}\p{M}]{1,30}){0,3}`;
const particle = '(?:von|van|de|del|della|di|da|du|dos|la|le|der|den|zu|zur|vom|ten|ter|bin|al|af|av)';
const name = `${part}(?:[ \\u00a0](?:${particle}[ \\u00a0]){0,2}${part}){0,4}(?![\\p{L}\\p{N}@_])`;

const title =
  '(?:Famil(?:ie|y|le|ia)|Famiglia|Fam|Eheleuten?|Ehepaar|Geschwistern?|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Dr|Prof|Herrn?|Frau|Hr|Fr|Mag|Dipl|Ing|Monsieur|Madame|Mademoiselle|Maître|Me|M|Mme|Mlle|Señora?|Srta|Sra?|Don|Doña|Signora?|Sig|Dott|Dottoressa|Avv|Mevrouw|Meneer|Dhr|Mw|Pan|Pani|Judge|Justice|Captain|Rabbi|Pastor|Pfarrer|Richter|Richterin|Rechtsanwalt|Rechtsanwältin|RA|Notar(?:in)?|Professor(?:in)?|Doctor|Doktor|Docteur|Doctora|Dottore|Dokter|Profesora?|Professeur|Professore(?:ssa)?|Senator(?:in)?|Constable|Sergeant|Inspector|Colonel|Oberarzt|Oberärztin|Chefarzt|Chefärztin|Schwester|Pfleger)';
const quoted = String.raw`[ \t]{0,3}(?:[>|][ \t]{0,2}){0,6}`;

/** The words of a match that may be a name: what is capitalised before and after it for other reasons is cut. */
function nameWithin(text: string, start: number, end: number, isTold: boolean): readonly Identifier[] {
  const words = nameWordsOf(text.slice(start, end));
  // `Mr Will Young`, `Dear May`: a form of address makes a name of a word that is none by itself.
  const isWhole = (word: NameWord): boolean =>
    mayBeName(word.text) ||
    (isTold && isNameInPlace(word.text) && !standsAsWord(text, start + word.start, start + word.end));
  const isPart = (word: NameWord): boolean => isWhole(word) || /^\p{Lu}$/u.test(word.text);
  const first = words.findIndex(isPart);
  if (first < 0) return [];
  const stop = words.findIndex((word, index) => index > first && !isPart(word) && !isParticle(word.text));
  const inside = words.slice(first, stop < 0 ? undefined : stop);
  const last = inside.findLast(isWhole);
  const begin = words[first]?.start ?? 0;
  return last === undefined ? [] : [{ kind: 'person', start: start + begin, end: start + last.end }];
}

/** Finds names where an expression, with the group `found`, says that one stands. */
const named =
  (
    source: string,
    flags = 'gu',
    isOne: (piece: string, match: RegExpExecArray) => boolean = () => true,
    isTold = false,
  ): IdentifierFinder =>
  (text) =>
    [...text.matchAll(new RegExp(source, `${flags}d`))].flatMap((match) => {
      const [start, end] = match.indices?.groups?.['found'] ?? [0, 0];
      return isOne(text.slice(start, end), match) ? nameWithin(text, start, end, isTold) : [];
    });

const always = (): boolean => true;
const afterTitle = named(`(?<![\\p{L}\\p{N}])(?:${title}\\.?[ \\u00a0]){1,3}(?<found>${name})`, 'gu', always, true);

/** After a greeting, and before the comma that ends it. */
const greeted = named(
  `(?<!\\p{L})(?:Dear|Hi|Hey|Hello|Good (?:morning|afternoon|evening)|Liebe[rs]?|Hallo|Servus|Guten (?:Tag|Morgen|Abend)|Moin|Sehr geehrte[rs]?|Cher|Chère|Bonjour|Bonsoir|Salut|Estimad[oa]|Querid[oa]|Hola|Buenos días|Car[oa]|Gentile|Egregi[oa]|Ciao|Buongiorno|Salve|Beste|Dag|Caro|Olá|Drog[ia]|Kedves|Hej|Hei)[ \\u00a0](?:${title}\\.?[ \\u00a0]){0,3}(?<found>${name})(?=[ ]?(?:[,!:;.\\n–-]|\\r|$))`,
  'gu',
  always,
  true,
);

/** After a closing formula, in the lines below it or behind it. */
const closing =
  'regards|sincerely|faithfully|truly|cheers|wishes|yours|thanks|thank you|thx|best|love|ciao|bye|later|respectfully|grüßen|grüssen|gruß|gruss|grüße|grüsse|hochachtungsvoll|mfg|lg|vg|dank|danke|cordialement|salutations|amicalement|bises|merci|sentiments distingués|à bientôt|saludos?|abrazo|atentamente|cordialmente|gracias|saluti|grazie|abbraccio|groeten|groet|vriendelijke groet|pozdrawiam|pozdrowienia|üdvözlettel|hälsningar|hilsen|cumprimentos|obrigad[oa]';
const signed = named(
  `(?<!\\p{L})(?:${closing})[ \\t]{0,3}[,.!]{0,3}[ \\t]{0,3}\\r?\\n(?:${quoted}\\r?\\n){0,3}${quoted}[-–—~/*]{0,3}[ \\t]{0,8}(?<found>\\p{Lu}[^\\n]{1,60}?)(?=[ \\t]{0,8}(?:\\r|\\n|$|[,|<(/@–]))`,
  'giu',
  (piece) => new RegExp(`^${name}$`, 'u').test(piece.trim()),
);

/** Under the line that parts a signature from a mail. */
const underLine = named(
  `^${quoted}(?:--[ ]?|_{3,80}|-{3,80})\\r?\\n${quoted}[-*]{0,2}[ \\t]{0,8}(?<found>${name})(?=[ \\t]{0,8}(?:\\r|\\n|$|[,|<(/"@–]|[-][- ]))`,
  'gmu',
  (piece) => /\s/.test(piece) || piece.length > 2,
);

/** Alone in the last line, or in the last before a signature. */
const lastLine = named(
  `\\n[ \\t]{0,8}\\r?\\n[ \\t]{0,8}[-–—~*/]{0,3}[ \\t]{0,4}(?<found>${part}(?:[ ]${part}){0,2})[.]?[ \\t]{0,8}(?=\\r?\\n(?:--[ ]?|_{5,80}|[-]{5,80})\\r?\\n|\\s{0,20}$(?![\\s\\S]))`,
);

/** Whom a mail names beside an address, and who wrote what is quoted. */
const besideAddress = named(
  `(?<![\\p{L}\\p{N}@._-])(?<![\\p{L}\\p{N}]['’])(?<found>${name})(?=["”']?[ \\t]{1,3}(?:<|&lt;|\\(|\\[)(?:mailto:)?[\\w.+-]{1,64}(?:@|\\s?(?:at|\\(at\\))\\s))`,
);
const afterAddress = named(`[\\w.+-]@[\\w.-]{1,120}[>]?[ \\t]{1,3}\\((?<found>${name})\\)`);
const wrote = named(
  `(?<![\\p{L}\\p{N}@._-])(?<![\\p{L}\\p{N}]['’])(?<found>${name})(?=["”']?,?\\s{1,3}(?:(?:<|\\(|\\[)[^<>()\\n\\[\\]]{1,100}(?:>|\\)|\\])\\s{1,3})?(?:(?:wrote|writes|schrieb|schreibt|a écrit|écrivait|escribió|ha scritto|scrisse|scrive|escreveu|schreef|napisał(?:a)?|skrev)(?!\\p{L})|(?:said|says|sagte|wrote in message|stated|claims|asked|replied)\\s?:))`,
  'gu',
  // One word by itself writes a quote when a colon follows: “Vendors wrote their own” is none.
  (piece, { input, index }) =>
    /\s/.test(piece) || /^[^\n]{0,120}:[ \t]{0,3}(?:\r|\n|$)/.test(input.slice(index, index + 200)),
);

const fieldWords =
  "(?:(?:full|first|last|family|sur|given|maiden|middle|patient(?:['’]s)?|client(?:['’]s)?|customer|contact|user|employee|vor|nach|familien|geburts|zu|ruf)?[ _-]?names?|patient(?:in)?|client|mandant(?:in)?|tenant|landlord|lessee|lessor|mieter(?:in)?|vermieter(?:in)?|from|to|cc|bcc|von|an|author|recipient|sender|owner|employee|contact|ansprechpartner(?:in)?|sachbearbeiter(?:in)?|kund(?:e|in)|empfänger(?:in)?|absender(?:in)?|signed|unterzeichnet|nom|prénoms?|nom de famille|nom et prénom|destinataire|expéditeur|locataire|bailleur|nombre|apellidos?|nombre completo|paciente|cliente|inquilin[oa]|remitente|destinatari[oa]|nome|cognome|nome e cognome|paziente|inquilin[oa]|mittente|naam|voornaam|achternaam|imię|nazwisko)";
const field = named(
  `(?<![\\p{L}])["'*_]{0,3}${fieldWords}["'*_]{0,3}[ \\t]{0,3}(?::|=|\\t|\\||\\.{3,60}|_{3,60})[ \\t_.|]{0,40}["'*[]{0,3}(?:${title}\\.?[ \\u00a0]){0,3}(?<found>[^\\n"|;\\t<]{2,80})`,
  'giu',
  (piece) => new RegExp(`^["'“]?${name}`, 'u').test(piece),
);
const introduced = named(
  `(?<!\\p{L})(?:[Mm]y name is|I am called|[Tt]his is|[Ii]ch heiße|[Ii]ch bin|[Mm]ein Name ist|[Hh]ier (?:ist|spricht)|[Jj]e m['’]appelle|[Jj]e suis|[Mm]on nom est|[Mm]e llamo|[Mm]i nombre es|[Ss]oy|[Mm]i chiamo|[Ii]l mio nome è|[Ss]ono|[Ii]k heet)[ ](?:${title}\\.?[ \\u00a0]){0,3}(?<found>${part}(?:[ ](?:${particle}[ ]){0,2}${part}){1,3})(?![\\p{L}\\p{N}])`,
);
const onBehalf = named(
  `(?<!\\p{L})(?:[Oo]n [Bb]ehalf [Oo]f|c/o|[Aa]ttn\\.?:?|[Aa]ttention:|z\\.[ ]?[Hh]d\\.|[Zz]u Händen(?: von)?|[Ii]m Auftrag von|[Vv]ertreten durch|[Rr]epresented by|[Ss]igned by|gez\\.|i\\.[ ]?[AV]\\.|à l['’]attention de|représentée? par|a la atención de|representad[oa] por|alla c\\.[ ]?a\\.(?: di)?|rappresentat[oa] da)(?:[ ]|\\r?\\n${quoted})(?:${title}\\.?[ \\u00a0]){0,3}(?<found>${part}(?:(?:[ \\u00a0]|\\r?\\n${quoted})(?:${particle}[ ]){0,2}${part}){0,3})(?![\\p{L}\\p{N}@_])`,
);

/** One to three initials and a family name; what is abbreviated for other reasons is not. */
const initialled = named(
  `(?<![\\p{L}\\p{N}.&§])(?<!(?:[Cc]hapter|[Ss]ection|[Vv]ersion|[Aa]ppendix|[Aa]nnex|[Pp]art|[Pp]lan|[Vv]itamin|[Tt]ype|[Cc]lass|[Gg]rade|[Gg]roup|[Hh]epatitis|[Oo]ption|[Ee]xhibit|[Tt]able|[Ff]igure|[Ii]tem|Anhang|Anlage|Teil|Abschnitt|Kapitel|Gruppe|Typ|Klasse|[Aa]nnexe|[Aa]nexo|[Aa]llegato)[ ])(?<found>(?:\\p{Lu}\\.[ \\u00a0-]?){1,3}(?:${particle}[ ]){0,2}\\p{Lu}[\\p{Ll}\\p{M}]{2,30}(?:[-'’]\\p{Lu}[\\p{Ll}]{1,30})?)(?![\\p{L}\\p{N}])`,
  'gu',
  (piece) => !/^(?:[EU]\.\s?[SKUN]\.|D\.\s?C\.|U\.\s?S\.\s?A\.|(?:\p{Lu}\.){3}|z\.|[A-Z]\.\s?[A-Z]\.\s?$)/u.test(piece),
);

/** Two or three capitalised words that do what only people do, or with whom only people do it. */
const actor = named(
  `(?<![\\p{L}\\p{N}@._-])(?<found>${part}(?:[ ](?:${particle}[ ]){0,2}${part}){1,2})(?=,?[ ](?:has signed|had signed|signed|told|asked|called|complained|explained|replied|lives|lived|married|died|was born|moved (?:in|out)|hat(?: \\p{L}{1,20}){0,6} unterschrieben|unterschrieb|wohnt|lebt|erklärte|fragte|teilte|beschwerte|a signé|a déclaré|habite|vit|a demandé|ha firmado|declaró|vive|preguntó|ha firmato|ha dichiarato|abita|ha chiesto)(?!\\p{L}))`,
);
const partner = named(
  `(?<!\\p{L})(?:(?:spoke|speak|spoken|talk(?:ed)?|met|meeting|lunch|dinner|married|agreed) (?:with|to)|(?:claim|application|complaint|request|daughter|son|wife|husband|mother|father|lawyer|signature) of|(?:mit|gegen|für) (?:meiner |meinem |unserer |unserem )?(?:Mandantin |Mandanten |Kollegin |Kollegen |Nachbarin |Nachbarn |Patientin |Patienten )|gesprochen mit|(?:Antrag|Klage|Beschwerde|Tochter|Sohn|Frau|Mann|Mutter|Vater|Unterschrift) von|(?:parlé|rendez-vous) avec|(?:demande|plainte|fille|fils|femme|mari|signature) de|(?:[Hh]abl(?:amos|é|ó)|reunión) con|(?:solicitud|queja|hija|hijo|firma) de|parlato con|(?:richiesta|denuncia|figlia|figlio|firma) di)[ ](?<found>${part}(?:[ ](?:${particle}[ ]){0,2}${part}){1,2})(?![\\p{L}\\p{N}@_])`,
);

/** Whom a relation names: `my colleague X`. German nouns have capitals, too, so two parts are wanted there. */
const related = named(
  `(?<!\\p{L})(?:[Mm]y|[Oo]ur|[Hh]is|[Hh]er|[Tt]heir|[Yy]our) (?:colleague|co-worker|boss|supervisor|patient|client|tenant|landlord|neighbou?r|lawyer|solicitor|doctor|friend|assistant|wife|husband|partner|son|daughter|brother|sister|mother|father|uncle|aunt|cousin)[ ](?<found>${name})`,
);
const relatedAbroad = named(
  `(?<!\\p{L})(?:(?:[Mm]ein|[Uu]nser|[Ii]hr|[Ss]ein|[Dd]ein|[Ee]u(?:e)?r)(?:e[rmn]?)? (?:Kolleg(?:en|e|in)|Chef(?:in)?|Mandant(?:en|in)?|Patient(?:en|in)?|Nachbar(?:n|in)?|Mieter(?:in)?|Vermieter(?:in)?|Freund(?:in)?|Anw[aä]lt(?:in)?|[ÄA]rzt(?:in)?|Bruder|Schwester|Tochter|Sohn)|(?:[Mm]on|[Mm]a|[Nn]otre|[Ss]on|[Ss]a|[Vv]otre) (?:collègue|patiente?|cliente?|voisine?|locataire|avocate?|médecin|amie?|frère|sœur|fille|fils|mari|femme)|(?:[Mm]i|[Ss]u|[Nn]uestr[oa]) (?:colega|compañer[oa]|paciente|cliente|vecin[oa]|inquilin[oa]|abogad[oa]|amig[oa]|herman[oa]|hij[oa]|espos[oa])|(?:(?:[Ii]l|[Ll]a) )?(?:[Mm]i[oa]|[Ss]u[oa]|[Nn]ostr[oa]) (?:collega|paziente|cliente|vicin[oa]|inquilin[oa]|avvocat[oa]|amic[oa]|fratello|sorella|figli[oa]|moglie|marito))[ ](?<found>${part}(?:[ ](?:${particle}[ ]){0,2}${part}){1,2})(?![\\p{L}\\p{N}@_])`,
);

/** Names by the lists of first names and by what stands around them, in the languages of most mail. */
export const nameFinders: readonly IdentifierFinder[] = [
  afterTitle,
  greeted,
  signed,
  underLine,
  lastLine,
  besideAddress,
  afterAddress,
  wrote,
  field,
  introduced,
  onBehalf,
  initialled,
  actor,
  partner,
  related,
  relatedAbroad,
  findFirstNames,
  findFullNames,
];
