import type { Passage } from '../../shared/document.ts';

/** Headings are context, not content: more than this much of them would drown the passage. */
const headingsLimit = 160;

/** What the embedder reads of a passage: its nearest headings, then its words without line breaks. */
export function embeddingText({ headings, text }: Pick<Passage, 'headings' | 'text'>): string {
  const title = headings.join(' / ').slice(-headingsLimit);
  // A passage that begins with its own heading says it already.
  const isRepeated = headings.length > 0 && text.slice(0, headingsLimit).includes(headings.at(-1) ?? '');
  const words = text.replaceAll(/\s+/g, ' ');
  return title === '' || isRepeated ? words : `${title}\n${words}`;
}
