import { Lexer, Marked } from 'marked';
import type { Links, MarkedOptions, Token } from 'marked';
import { mathExtensions, mayHoldMath } from './math-tokens.ts';

/** Tokens of a text, and the reference definitions known at its end. */
export type LexedMarkdown = { readonly tokens: readonly Token[]; readonly links: Links };

const footnote = /^ {0,3}\[\^/;

function createOptions(withMath: boolean): MarkedOptions {
  const marked = new Marked({
    gfm: true,
    // A footnote stays text: as a definition of a link it would vanish. `false` goes on to what marked does itself.
    tokenizer: { def: (text) => (footnote.test(text) ? undefined : false) },
  });
  if (withMath) marked.use({ extensions: [...mathExtensions] });
  return marked.defaults;
}

const plainOptions = createOptions(false);
const mathOptions = createOptions(true);

/** Lexes Markdown with formulas, given the reference definitions that came before it. */
export function lexMarkdown(text: string, links: Links): LexedMarkdown {
  const lexer = new Lexer(mayHoldMath(text) ? mathOptions : plainOptions);
  Object.assign(lexer.tokens.links, links);
  try {
    const tokens = lexer.lex(text);
    return { tokens, links: tokens.links };
  } catch (error) {
    // The lexer calls itself for every level of nesting; text that is deeper than the stack is shown as it is.
    if (error instanceof RangeError) return { tokens: [{ type: 'text', raw: text, text }], links };
    throw error;
  }
}
