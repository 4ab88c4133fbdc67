import type { Passage } from '../../shared/document.ts';

/** Headings are context, not content: more than this much of them would drown the passage. */
const headingsLimit = 160;

const turnNumber = /^\[\d+\] /gm;
const fillers = /\b(?:um+|uh+|erm*|hmm+|mm-hmm|ähm?)\b(?: ?,)? ?/giu;

/** What is spoken without the sounds of hesitation, and without the spaces that transcripts put before marks. */
function plainWords(text: string): string {
  return (
    text
      .replaceAll(turnNumber, '')
      .replaceAll(fillers, '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/ ([.,!?;:])/g, '$1')
      // A turn that was nothing but a hesitation leaves its full stop behind.
      .replaceAll(/([.!?:])[.,](?=\s|$)/g, '$1')
      .trim()
  );
}

/** What the embedder reads of a passage: its nearest headings, then its words, without what carries no meaning. */
export function embeddingText({ headings, text }: Pick<Passage, 'headings' | 'text'>): string {
  const title = headings.join(' / ').slice(-headingsLimit);
  // A passage that begins with its own heading says it already.
  const isRepeated = headings.length > 0 && text.slice(0, headingsLimit).includes(headings.at(-1) ?? '');
  const words = plainWords(text);
  return title === '' || isRepeated ? words : `${title}\n${words}`;
}
