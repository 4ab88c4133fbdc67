const nestingLimit = 16;
/** Columns; each level of a nested list takes two to four. */
const indentationLimit = 48;
const delimiterLimit = 1_200;
const fencedDelimiterLimit = 6_000;

const containerPrefix = /^(?:[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)))+/;
const containerMarker = />|[-*+]|\d{1,9}[.)]/g;
const fenceLine = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const startsItem = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]/;

/** Same length, no longer a mark: offsets stay what they are. */
const lookalike: Readonly<Record<string, string>> = { '>': '›', '-': '‐', '*': '∗', '+': '＋', _: 'ˍ', '~': '∼' };

function flattenPrefix(line: string): string {
  const [prefix] = containerPrefix.exec(line) ?? [];
  if (prefix === undefined) return line;
  const isTooFarIn = prefix.search(/\S/) > indentationLimit;
  let depth = isTooFarIn ? nestingLimit : 0;
  const flattened = prefix.replace(containerMarker, (marker) => {
    depth += 1;
    return depth <= nestingLimit ? marker : marker.replace(/[^\d]/g, (mark) => lookalike[mark] ?? '·');
  });
  return depth <= nestingLimit ? line : flattened + line.slice(prefix.length);
}

const countDelimiters = (line: string): number => line.replace(/[^*_~]/g, '').length;
const flattenDelimiters = (line: string): string => line.replace(/[*_~]/g, (mark) => lookalike[mark] ?? mark);

/**
 * Takes out of a text what makes a Markdown lexer slow or deep: containers nested beyond reason, and more emphasis
 * marks in one paragraph than anyone writes (matching them takes quadratic time). Every replacement is one character
 * for one, so offsets into the result are offsets into the text. What people write comes back unchanged.
 */
export function tameMarkdown(text: string): string {
  let fence: string | null = null;
  let delimiters = 0;
  const lines = text.split('\n').map((original) => {
    const mark = fenceLine.exec(original)?.[1];
    if (fence === null && mark !== undefined) {
      fence = mark;
      delimiters = 0;
      return original;
    }
    if (fence !== null && mark !== undefined && mark.startsWith(fence)) fence = null;
    const line = fence === null ? flattenPrefix(original) : original;
    if (line.trim() === '' || (fence === null && startsItem.test(line))) delimiters = 0;
    delimiters += countDelimiters(line);
    return delimiters > (fence === null ? delimiterLimit : fencedDelimiterLimit) ? flattenDelimiters(line) : line;
  });
  return lines.join('\n');
}
