import type { ModelProvider } from '../../providers/model-provider.ts';
import type { Span } from '../../shared/sentences.ts';

/** Tokens that the model reads at once: enough to see a chapter's thread, few enough to be read at full speed. */
const stretchTokens = 1_500;

/** Share of the context for the stretch; the rest is for the prompt around it and the summary. */
const contextShare = 0.6;

/** Characters whose tokens are counted to learn how many a token has in this document. */
const sampleCharacters = 20_000;

/** Stretches are planned a little shorter than the measured rate allows, because it varies within a document. */
const safety = 0.9;

/** Characters of this document that the model reads at once; at least 200. */
export async function charactersPerStretch(
  text: string,
  provider: Pick<ModelProvider, 'countTokens'>,
  contextTokens: number,
  signal: AbortSignal,
): Promise<number> {
  const middle = Math.max(0, Math.floor(text.length / 2) - sampleCharacters / 2);
  const sample = text.slice(middle, middle + sampleCharacters);
  const [tokens = 0] = await provider.countTokens([sample], signal);
  const limit = Math.min(stretchTokens, Math.floor(contextTokens * contextShare));
  return Math.max(200, Math.floor((limit * sample.length * safety) / Math.max(1, tokens)));
}

/** What is left of a span when those that are read are taken out; `read` is in order and without overlap. */
export function leftToRead({ start, end }: Span, read: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let from = start;
  for (const span of read) {
    if (span.end <= from || span.start >= end) continue;
    if (span.start > from) left.push({ start: from, end: span.start });
    from = span.end;
  }
  if (from < end) left.push({ start: from, end });
  return left;
}
