import type { ChatTurn } from '../../inference/engine.ts';
import { fillPrompt } from '../../providers/prompt-template.ts';
import { contentWords } from '../../shared/content-words.ts';
import { weighSentences } from './evidence.ts';
import type { EvidencePassage } from './evidence.ts';

/** Models with fewer parameters read the sentences that bear on the question; others read whole passages. */
export const smallModelParameters = 1_000_000_000;

/** A sentence is read beside the strongest when it is nearly as strong. */
const nearlyAsStrong = 0.9;
const sentenceLimit = 3;

/** Characters of all that is read; about a quarter of a token each. */
const readingLimit = 6_000;

function strongestSentences(evidence: readonly EvidencePassage[], limit: number): string {
  const all = weighSentences(evidence);
  const ranked = [...all].sort((one, other) => other.strength - one.strength);
  const best = ranked[0]?.strength ?? 0;
  const chosen = new Set(ranked.filter(({ strength }) => strength >= best * nearlyAsStrong).slice(0, limit));
  return all
    .filter((sentence) => chosen.has(sentence))
    .map(({ text }) => text)
    .join(' ');
}

function numberedPassages(evidence: readonly EvidencePassage[]): string {
  return evidence
    .map(({ mark, passage }) => `[${mark}] ${[...passage.headings, ''].join(' / ')}${passage.text}`)
    .join('\n\n');
}

/**
 * What a model is given to read: the whole text of the documents, passages, or at most so many sentences of them. A small
 * model is led astray by everything that is not the answer.
 */
export type Reading =
  | { readonly plan: 'whole'; readonly text: string }
  | { readonly plan: 'passages' }
  /** Sentences that were found in every part, numbered by their place. */
  | { readonly plan: 'findings'; readonly text: string }
  | { readonly plan: 'sentences'; readonly sentences?: number };

function readingText(reading: Reading, evidence: readonly EvidencePassage[]): string {
  if (reading.plan === 'whole' || reading.plan === 'findings') return reading.text;
  const text =
    reading.plan === 'passages'
      ? numberedPassages(evidence)
      : strongestSentences(evidence, reading.sentences ?? sentenceLimit);
  return text.slice(0, readingLimit);
}

/** The message list that asks the model. */
export function composePrompt(
  template: string,
  question: string,
  evidence: readonly EvidencePassage[],
  reading: Reading,
): readonly ChatTurn[] {
  return fillPrompt(template, { text: readingText(reading, evidence), question });
}

/** Content words of the worked example in a prompt, its labels left out; empty for a prompt without one. */
export function exampleWords(template: string): ReadonlySet<string> {
  const example = template
    .split(/^(?=# (?:system|user|assistant)[ \t]*$)/m)
    .filter((turn) => !turn.startsWith('# system') && !turn.includes('{{'))
    .map((turn) => turn.replaceAll(/^(?:#.*|\w+:)/gm, ''));
  return contentWords(example.join('\n'));
}

/** The strongest sentence of all, word for word, with the passage that it stands in. */
export function strongestQuote(
  evidence: readonly EvidencePassage[],
): { readonly text: string; readonly mark: number } | null {
  return [...weighSentences(evidence)].sort((one, other) => other.strength - one.strength)[0] ?? null;
}
