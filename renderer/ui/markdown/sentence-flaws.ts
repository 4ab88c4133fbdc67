import { createElement } from 'react';
import type { ReactNode } from 'react';
import type { MarkdownBlock } from '../../lib/markdown/growing-markdown.ts';

/** A stretch of the whole text that nothing in the passages carries. */
export type Flaw = { readonly start: number; readonly end: number };

/** What is needed while one block is turned into elements, in the order of its text. */
export type BlockReading = {
  readonly raw: string;
  /** Stretches without support, relative to `raw`. */
  readonly flaws: readonly Flaw[];
  readonly citedMarks: ReadonlySet<number>;
  /** The reference definitions that were known; with others the same text may have other links. */
  readonly definitions: string;
  /** Where in `raw` the last piece of text ended: the next one is looked for from here. */
  cursor: number;
};

/** Begins to read a block that lies at `start` of the text. */
export function readBlock(
  { raw, start, definitions }: Pick<MarkdownBlock, 'raw' | 'start' | 'definitions'>,
  flaws: readonly Flaw[],
  citedMarks: ReadonlySet<number>,
): BlockReading {
  const end = start + raw.length;
  const inBlock = flaws.filter((flaw) => flaw.start < end && flaw.end > start);
  return {
    raw,
    flaws: inBlock.map((flaw) => ({ start: flaw.start - start, end: flaw.end - start })),
    citedMarks,
    definitions,
    cursor: 0,
  };
}

/**
 * The children of one piece of text, those in an unsupported sentence wrapped. Tokens have no offsets, but they come in
 * the order of the source, so each is found by looking onward from the last one.
 */
export function withoutSupport(
  raw: string,
  text: string,
  reading: BlockReading,
  render: (piece: string) => ReactNode[],
): ReactNode[] {
  if (reading.flaws.length === 0) return render(text);
  const at = reading.raw.indexOf(raw, reading.cursor);
  if (at === -1 || raw.length !== text.length) return render(text);
  reading.cursor = at + raw.length;
  const children: ReactNode[] = [];
  let from = 0;
  for (const flaw of reading.flaws) {
    const start = Math.max(from, flaw.start - at);
    const end = Math.min(text.length, flaw.end - at);
    if (start >= end) continue;
    if (start > from) children.push(...render(text.slice(from, start)));
    children.push(createElement('span', { className: 'unsupported' }, ...render(text.slice(start, end))));
    from = end;
  }
  return from < text.length ? [...children, ...render(text.slice(from))] : children;
}
