import { contentWords, namesIn, numbersIn } from '../../shared/content-words.ts';

/** What every part of the documents is searched for, and of what. */
export type Sought = {
  /** Null where the question names no kind of thing: then what it is about decides alone. */
  readonly kind: 'deadline' | 'date' | 'amount' | 'obligation' | 'person' | 'decision' | 'task' | null;
  /** Words that tell of what; empty for all of that kind. */
  readonly subject: ReadonlySet<string>;
};

type Kind = Exclude<Sought['kind'], null>;

const kinds: readonly (readonly [Kind, RegExp])[] = [
  [
    'deadline',
    /\b(?:deadlines?|due dates?|time limits?|notice periods?|periods?|frist(?:en)?|kündigungsfrist(?:en)?)\b/giu,
  ],
  ['date', /\b(?:dates?|days?|appointments?|termine?|datum|daten|zeitpunkte?)\b/giu],
  [
    'amount',
    /\b(?:amounts?|sums?|fees?|prices?|costs?|payments?|charges?|rents?|penalt(?:y|ies)|beträge|betrag|gebühr(?:en)?|preise?|kosten|zahlungen?|summen?|strafen?)\b/giu,
  ],
  [
    'obligation',
    /\b(?:obligations?|dut(?:y|ies)|requirements?|rules?|prohibitions?|pflicht(?:en)?|anforderung(?:en)?|regeln?|verbote?)\b/giu,
  ],
  ['person', /\b(?:names?|people|persons?|participants?|attendees|namen?|personen?|teilnehmer(?:innen)?)\b/giu],
  ['decision', /\b(?:decisions?|resolutions?|agreements?|entscheidung(?:en)?|beschlüsse|beschluss)\b/giu],
  ['task', /\b(?:action items?|actions?|tasks?|to-?dos?|aufgaben?)\b/giu],
];

const instructions =
  /\b(?:please|list|name|find|show|give|extract|collect|enumerate|count|all|every|each|any|documents?|texts?|files?|papers?|mention(?:ed|s)?|many|times|often|occur|appear|stand|bitte|liste|nenne|finde|zeige|suche|sammle|zähle|alle[nrms]?|sämtliche[nrms]?|jede[rsnm]?|dokumente?[ns]?|texte?s?|datei(?:en)?|erwähnt|oft|steh(?:t|en)|auf|me|there|gibt)\b/giu;

/** What a question about the whole asks for. */
export function soughtBy(question: string): Sought {
  const found = kinds.find(([, pattern]) => question.search(pattern) !== -1) ?? null;
  const rest = (found === null ? question : question.replaceAll(found[1], ' ')).replaceAll(instructions, ' ');
  return { kind: found?.[0] ?? null, subject: contentWords(rest) };
}

const month =
  '(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sep(?:t(?:ember)?)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)';
const date = new RegExp(
  `\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[./]\\s?\\d{1,2}[./]\\s?\\d{2,4}\\b|\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s(?:of\\s)?${month}\\b|\\b${month}\\.?\\s\\d{1,4}(?:st|nd|rd|th)?\\b`,
  'iu',
);
const duration =
  /\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eine[rmns]?|zwei|drei|vier|fünf|sechs|zehn|zwölf)[\s-]+(?:\w+\s)?(?:days?|weeks?|months?|years?|hours?|minutes?|tage?n?|wochen?|monate?n?|jahre?n?|stunden?|werktage?n?)\b/iu;
const limit =
  /\b(?:deadline|due|by|until|within|before|no later|not later|at the latest|latest|expires?|notice|period|after|from|bis|innerhalb|binnen|spätestens|frist|vor dem|nach|ab|fällig|läuft)\b/iu;
const amount =
  /(?:[€$£¥]\s?\d|\b\d[\d.,]*\s?(?:€|\$|£|euros?|eur|usd|dollars?|pounds?|cents?|francs?|chf|%|percent|prozent)(?!\p{L}))/iu;
const obligation =
  /\b(?:must|shall|should|has to|have to|is required|are required|required to|obliged|may not|need(?:s)? to|muss|müssen|soll(?:en)?|hat .{1,60} zu|ist .{1,60} zu|verpflichtet|darf nicht|dürfen nicht)\b/iu;
const decision =
  /\b(?:decided?|agree[ds]?|resolved|approved|adopted|concluded|voted|beschlossen|entschieden|vereinbart|einigten?|genehmigt)\b/iu;
const task =
  /\b(?:will|to do|action|task|assigned|is to|are to|going to|needs? to|should|wird|werden|soll(?:en)?|übernimmt|kümmert)\b/iu;

function isOfKind(kind: Kind, sentence: string): boolean {
  switch (kind) {
    case 'deadline':
      return (date.test(sentence) || duration.test(sentence)) && limit.test(sentence);
    case 'date':
      return date.test(sentence);
    case 'amount':
      return amount.test(sentence);
    case 'obligation':
      return obligation.test(sentence);
    case 'person':
      return namesIn(sentence).size > 0;
    case 'decision':
      return decision.test(sentence);
    case 'task':
      return task.test(sentence) && (namesIn(sentence).size > 0 || numbersIn(sentence).size > 0);
  }
}

/** Share of the subject's words that a sentence and what stands above it must have. */
const enoughOfSubject = 0.5;

const share = (words: ReadonlySet<string>, known: ReadonlySet<string>): number =>
  words.size === 0 ? 1 : [...words].filter((word) => known.has(word)).length / words.size;

/**
 * How well a sentence is what is sought: `yes`, `maybe` where its kind is right and only meaning can tell whether it is about the
 * subject, `no` otherwise. `above` are the headings over it.
 */
export function fitOf({ kind, subject }: Sought, sentence: string, above: string): 'yes' | 'maybe' | 'no' {
  if (kind !== null && !isOfKind(kind, sentence)) return 'no';
  const covered = share(subject, contentWords(`${above} ${sentence}`));
  if (kind === null) {
    const own = share(subject, contentWords(sentence));
    return subject.size > 0 && own >= enoughOfSubject ? 'yes' : 'no';
  }
  return covered >= enoughOfSubject ? 'yes' : 'maybe';
}
