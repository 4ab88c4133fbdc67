import type { TokenizerExtension } from 'marked';

/** A formula as it stands in a text, without its marks. */
export type MathToken = {
  readonly type: 'math';
  readonly raw: string;
  readonly source: string;
  readonly isDisplay: boolean;
};

const inlineLimit = 1_000;
const displayLimit = 4_000;
/** How far the lexer looks for the next formula before it takes what lies between for text. */
const outlook = 400;

const opensMath = /\$|\\[([]/;
const blankLine = /\n[ \t]*\n/;
const displayStart = /^ {0,3}(\$\$|\\\[)/;
/** Whichever comes first: the end of the paragraph, or a line that begins a formula. */
const paragraphEndOrDisplay = /\n(?:[ \t]*\n|( {0,3}(?:\$\$|\\\[)))/g;
const word = /[\p{L}\p{N}]/u;
const inDollars = /^\$(?![\s$])((?:\\[^\n]|[^\\$`\n]|\n(?!\s*\n)){1,1000}?)\$(?![\p{L}\p{N}$])/u;
/** "$5 and so on, or 6$": an amount, some words, another amount. */
const amountWithWords = /^\d[^\\^_=<>+*/{}]*\s/;
const looksLikeMath = /[\\^_=<>+*/|]|\d\s*[-,]\s*\d|^\p{L}$/u;

/** False for a text that cannot hold a formula, which then costs nothing. */
export const mayHoldMath = (text: string): boolean => opensMath.test(text);

export function isMathToken(token: { readonly type: string }): token is MathToken {
  return token.type === 'math';
}

const formula = (raw: string, source: string, isDisplay: boolean): MathToken | undefined =>
  source.trim() === '' ? undefined : { type: 'math', raw, source: source.trim(), isDisplay };

/** What stands between two marks at the beginning of `text`, if it is no longer than `limit` and without a blank line. */
function between(text: string, opening: string, closing: string, limit: number): string | undefined {
  if (!text.startsWith(opening)) return undefined;
  const end = text.slice(0, limit).indexOf(closing, opening.length);
  if (end === -1) return undefined;
  const source = text.slice(opening.length, end);
  return blankLine.test(source) ? undefined : source;
}

function readBlock(text: string): MathToken | undefined {
  const mark = displayStart.exec(text);
  if (mark?.[1] === undefined) return undefined;
  const indentation = mark[0].length - mark[1].length;
  const source = between(text.slice(indentation), mark[1], mark[1] === '$$' ? '$$' : String.raw`\]`, displayLimit);
  if (source === undefined) return undefined;
  const end = indentation + source.length + 4;
  const rest = /^[ \t]*(?:\n|$)/.exec(text.slice(end, end + outlook));
  return rest === null ? undefined : formula(text.slice(0, end) + rest[0], source, true);
}

function readDollars(text: string, before: string): MathToken | undefined {
  if (before === '$' || word.test(before)) return undefined;
  const twice = between(text, '$$', '$$', displayLimit);
  if (twice !== undefined) return formula(`$$${twice}$$`, twice, true);
  const source = inDollars.exec(text.slice(0, inlineLimit + 2))?.[1];
  if (source === undefined || /\s$/.test(source) || amountWithWords.test(source)) return undefined;
  return formula(`$${source}$`, source, false);
}

function readBackslash(text: string): MathToken | undefined {
  const inline = between(text, String.raw`\(`, String.raw`\)`, inlineLimit);
  if (inline !== undefined) return formula(`\\(${inline}\\)`, inline, false);
  const display = between(text, String.raw`\[`, String.raw`\]`, displayLimit);
  // Escaped brackets are also how a text says [1] without meaning a link.
  if (display === undefined || !looksLikeMath.test(display)) return undefined;
  return formula(`\\[${display}\\]`, display, true);
}

/**
 * Formulas for marked's lexer: `$…$`, `$$…$$`, `\(…\)` and `\[…\]`, never across a blank line, and never the prices of a
 * sentence. Only what is closed is a formula.
 */
export const mathExtensions: readonly TokenizerExtension[] = [
  {
    name: 'math-block',
    level: 'block',
    start(text) {
      for (const { 1: mark, index } of text.matchAll(paragraphEndOrDisplay)) {
        if (mark === undefined) return undefined;
        // Only where there is one: a paragraph that is cut for nothing is read again from there.
        if (readBlock(text.slice(index + 1)) !== undefined) return index + 1;
      }
      return undefined;
    },
    tokenizer: (text) => readBlock(text),
  },
  {
    name: 'math-inline',
    level: 'inline',
    start(text) {
      const near = text.slice(0, outlook);
      const at = near.search(opensMath);
      if (at !== -1 || text.length <= outlook) return at;
      // Between two words, for an address that is cut in two is none.
      const space = near.search(/\s\S*$/);
      return space > 0 ? space : outlook;
    },
    tokenizer(text, tokens) {
      return text.startsWith('$') ? readDollars(text, tokens.at(-1)?.raw.at(-1) ?? '') : readBackslash(text);
    },
  },
];
