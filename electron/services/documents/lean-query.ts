/** Words that tell what to do with the documents instead of what is in them. */
const instructions =
  /\b(?:please|summari[sz]e|describe|explain|discuss(?:ed|es|ing|ions?)?|mention(?:ed|s|ing)?|said|say|says|tell|think|thinks|thought|according|document|documents|text|passage|bitte|beschreibe|erkläre|zusammenfassen|sagte|sagt|erwähnt|dokument)\b/giu;

const functionWords =
  /\b(?:what|which|who|whom|whose|why|how|when|where|did|does|do|is|was|were|are|the|a|an|on|about|of|to|me|was|wer|wie|warum|wann|wo|welche[rsmn]?|ist|sind|war|der|die|das|über|von)\b/giu;

/**
 * A question without the words that only ask, so that what it asks about decides which passages are near. The question
 * itself when fewer than two words would be left.
 */
export function leanQuery(query: string): string {
  const lean = query.replaceAll(instructions, ' ').replaceAll(functionWords, ' ').replaceAll(/\s+/g, ' ').trim();
  return (lean.match(/[\p{L}\p{N}]{2,}/gu)?.length ?? 0) >= 2 ? lean : query;
}
