import { contentWords } from '../../shared/content-words.ts';

/** How a question is to be answered: from passages, by reading every part, by the summary, or document by document. */
export type AnswerKind = 'passages' | 'every-part' | 'broad' | 'comparison';

const everyPart = [
  /\b(?:list|name|find|show|give|extract|collect|enumerate|count)\b(?: me| us| out)? (?:[\w-]+ ){0,2}?(?:all|every|each|any and all)\b/iu,
  /^\W*(?:what|which) are (?:all|all of) the\b/iu,
  /^\W*(?:(?:what|which|who|where)\b.*|please )?\b(?:all|every|each) (?:of )?(?:the |its |their )?(?:[\w-]+ ){0,2}(?:deadlines?|dates?|obligations?|duties|amounts?|fees?|payments?|prices?|costs?|names?|people|persons?|decisions?|actions?|action items?|tasks?|requirements?|exceptions?|penalt(?:y|ies)|clauses?|mentions?|places? where|definitions?|numbers?|questions?|risks?)\b/iu,
  /\bhow (?:many times|often) (?:is|are|was|were|does|do|did|has|have)\b.*\b(?:mention(?:ed)?|occur|appear|named?|used?|said)\b/iu,
  /\bhow many times\b/iu,
  /^\W*(?:(?:was|welche[rsnm]?|wer|wo|bitte)\b.*)?\b(?:alle|sämtliche|jede[rsnm]?) (?:\p{L}+ ){0,2}?(?:fristen|termine|daten|pflichten|beträge|gebühren|zahlungen|preise|kosten|namen|personen|entscheidungen|beschlüsse|aufgaben|anforderungen|ausnahmen|strafen|klauseln|stellen|erwähnungen|frist|termin|pflicht|betrag|zahlung|aufgabe|stelle)\b/iu,
  /\b(?:liste|nenne|finde|zeige|suche|sammle|zähle)\b.*\b(?:alle|sämtliche|jede[rsnm]?)\b/iu,
  /\bwie oft (?:wird|werden|wurde|wurden|kommt|kommen|steht)\b/iu,
];

const broad =
  /^\W*(?:please |bitte )?(?:summari[sz]e|sum up|give (?:me |us )?(?:a|an) (?:\w+ )?(?:summary|overview)|fasse?\b.*\bzusammen|zusammenfassung|überblick)\b|\b(?:what is|what's) (?:this|the) (?:document|text|file|paper|report|book|contract|meeting) about\b|\bworum geht es\b|\bmain (?:points|topics|ideas) of (?:the|this|these) (?:document|text|file|paper|report|book|contract|meeting)s?\b/iu;

const comparison =
  /\bcompare\b|\bcomparison\b|\bdiffer(?:s|ed|ences?|ent)?\b.*\b(?:between|from|documents?|versions?|two|both)\b|\bin common\b|\bvergleiche?n?\b|\bunterschiede?\b.*\b(?:zwischen|dokumente?n?|beiden)\b|\bunterscheide[nt]\b|\bgemeinsam\b/iu;

/** Words for the whole; a question for a summary with any other word names a subject, which passages answer. */
const wholeWords = contentWords(
  'please summarize summarise summary sum overview brief short main key points topics ideas document documents text file files ' +
    'paper report book contract meeting content contents whole everything give bitte fasse zusammen zusammenfassung kurz überblick ' +
    'dokument dokumente text texte datei bericht buch vertrag sitzung inhalt ganze geht gib worum',
);

const isOfTheWhole = (question: string): boolean => [...contentWords(question)].every((word) => wholeWords.has(word));

/**
 * Tells by its words how a question in English or German is to be answered. `documents` is how many the scope has: with one
 * there is nothing to compare.
 */
export function answerKind(question: string, documents: number): AnswerKind {
  if (documents >= 2 && comparison.test(question)) return 'comparison';
  if (broad.test(question) && isOfTheWhole(question)) return 'broad';
  return everyPart.some((pattern) => pattern.test(question)) ? 'every-part' : 'passages';
}
