const duty =
  /\b(?:must|shall|will|has to|have to|needs? to|required to|should|agreed to|promised to|responsible for|action item|to-?do|assigned to|take care of|going to|muss|müssen|soll|sollen|wird|werden|hat\s+\S+\s+zu|haben\s+\S+\s+zu|zuständig|verpflichtet)\b/iu;

const deadline =
  /\b(?:due|deadline|by (?:the end|next|\p{Lu}\p{L}+|\d)|until|no later than|before (?:the end|\p{Lu}\p{L}+|\d)|within \S+ (?:hours?|days?|weeks?|months?|years?)|bis (?:zum|spätestens|\d)|spätestens|Frist|fällig|innerhalb von)\b/iu;

const month =
  'jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz|apr(?:il)?|may|mai|june?|juni|july?|juli|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?';
const date = new RegExp(
  `\\b(?:\\d{1,2}\\.? (?:${month})|(?:${month})\\.? \\d{1,2}|(?:${month}) \\d{4}|\\d{4}-\\d{2}-\\d{2}|\\d{1,2}[./]\\d{1,2}[./](?:\\d{4}|\\d{2})|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|tomorrow|morgen|next (?:week|month|meeting)|nächste\\p{L}* (?:woche|monat))(?![\\p{L}\\p{N}])`,
  'iu',
);

const person =
  /(?:^|\s)(?:\p{Lu}\p{Ll}+|I|we|you|ich|wir|Sie) (?:will|must|shall|should|needs? to|agreed to|promised to|has to|have to|is going to|are going to|wird|muss|soll)\b/u;

/** How much a sentence looks like a duty, a deadline or a date, 0 to 4; 0 is none. */
export function weighAction(sentence: string): number {
  const hasDuty = duty.test(sentence);
  const hasDeadline = deadline.test(sentence);
  const hasDate = date.test(sentence);
  return (
    (hasDuty ? 1 : 0) +
    (hasDate ? 1 : 0) +
    (hasDeadline && (hasDuty || hasDate) ? 1 : 0) +
    (person.test(sentence) ? 1 : 0)
  );
}
