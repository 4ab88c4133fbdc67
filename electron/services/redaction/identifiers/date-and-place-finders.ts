import { matches, withoutSentenceEnd } from '../identifier.ts';
import type { IdentifierFinder } from '../identifier.ts';

const months =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|januar|jänner|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre';
const date = `(?:\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?\\d{2,4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}(?:st|nd|rd|th|er)?\\.?\\s(?:(?:de|of)\\s)?(?:${months})\\.?,?\\s(?:de\\s)?\\d{4}|(?:${months})\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{4})`;

/** A date beside a word that says that somebody was born then. */
const birthDates = matches(
  'birth-date',
  new RegExp(
    `(?<!\\p{L})(?:born|birth(?:day|date)?|date of birth|d\\.?o\\.?b\\.?|geboren|geburts(?:tag|datum)|geb\\.|né(?:e)?|naissance|nacid[oa]|nacimiento|nat[oa]|nascita)(?!\\p{L})(?:\\s(?:on|am|le|el|il|the))?(?:[\\s:,("'=|]{1,6}|[ \\t]{0,3}[._…]{3,60}[ \\t:]{1,4})(?:[\\p{L} ]{0,20}\\s)?(?<found>${date})`,
    'giu',
  ),
);

/** The sign for birth in German records. */
const starredDates = matches('birth-date', new RegExp(`\\*\\s?(?<found>${date})(?!\\d|\\s?\\*)`, 'giu'));

const streetEnd = 'straße|strasse|str\\.|gasse|weg|platz|allee|ufer|ring|damm|chaussee|steig|promenade|kai|hof|markt';
/** German streets: the kind at the end of the name or after it, and a number. */
const germanStreets = matches(
  'address',
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:Am|An der|Auf dem|Im|In der|Zum|Zur|Unter den|Alte[rn]?|Neue[rn]?|Große|Kleine|Obere|Untere)\\s)?\\p{Lu}[\\p{L}.-]{1,40}(?:${streetEnd}|(?:\\s|-)(?:Straße|Strasse|Str\\.|Gasse|Weg|Platz|Allee|Ufer|Ring|Damm|Chaussee|Markt))\\s\\d{1,4}\\s?[a-zA-Z]?(?:[/-]\\d{1,4}[a-z]?){0,3}(?:,?\\s{1,2}(?:[ADB]|CH|AT|DE)?-?\\d{4,5}\\s\\p{Lu}[\\p{L}.-]+(?:\\s(?:am|an der|im|bei|ob der)\\s\\p{Lu}[\\p{L}-]+)?)?(?![\\p{L}\\p{N}])`,
    'gu',
  ),
  () => true,
  withoutSentenceEnd,
);

/** English streets: a number, a name, a kind; town, county and postcode when they follow. */
const englishStreets = matches(
  'address',
  /(?<![\p{L}\p{N}.])\d{1,5}[A-Za-z]?\s(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West|Old|New|Upper|Lower|St\.?)\s){0,2}\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]+){0,3}\s(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Square|Sq|Terrace|Place|Pl|Close|Crescent|Gardens|Grove|Way|Parkway|Pkwy|Highway|Hwy|Row|Quay|Mews)\b\.?(?:,?\s(?:Apt|Apartment|Suite|Flat|Unit|Floor|#)\.?\s?[\p{L}\p{N}-]{1,6})?(?:,\s\p{Lu}[\p{L}.' -]{1,40})?(?:,?\s[A-Z]{2}\s\d{5}(?:-\d{4})?|,?\s[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})?/gu,
  () => true,
  withoutSentenceEnd,
);

/** French, Italian and Spanish streets: the kind first, the number before or after. */
const romanceStreets = matches(
  'address',
  /(?<![\p{L}\p{N}])(?:\d{1,4}(?:\s?(?:bis|ter))?,?\s)?(?:rue|avenue|boulevard|place|chemin|allée|quai|impasse|cours|via|viale|piazza|corso|calle|avenida|plaza|paseo|rua|praça)\s(?:(?:de la|de l['’]|du|des|de|della|dei|del|d['’]|la|le|les)\s?){0,2}\p{Lu}[\p{L}'’.-]+(?:\s(?:(?:de|du|des|la|le)\s)?\p{Lu}[\p{L}'’.-]+){0,4}(?:,?\s\d{1,4}(?:\s?(?:bis|ter))?)?(?:,?\s\d{4,5}\s\p{Lu}[\p{L}'’-]+)?(?![\p{L}\p{N}])/gu,
  (piece) => /\d/.test(piece),
  withoutSentenceEnd,
);

/** Postcode and town where they stand in a line of their own, as under a name on a letter. */
const townLines = matches(
  'address',
  /^[ \t]*(?<found>(?:(?:[AD]|CH|AT|DE|FR|F)-)?\d{4,5}\s\p{Lu}[\p{L}.'’/ -]{2,40})[ \t]*$/gmu,
);

const britishPostcodes = matches('address', /(?<![\p{L}\p{N}])[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?![\p{L}\p{N}])/gu);

/** When a person was born, and where people live. */
export const dateAndPlaceFinders: readonly IdentifierFinder[] = [
  birthDates,
  starredDates,
  germanStreets,
  englishStreets,
  romanceStreets,
  townLines,
  britishPostcodes,
];
