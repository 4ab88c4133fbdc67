import type { Segment } from './segment.ts';

/**
 * What stands between a line and the next of its block: `wrap` where the words only ran out of room, `line` where the
 * line was meant to end.
 */
export type LineEnd = 'wrap' | 'line';

/** A line as it will stand in the text: the cells of a table's row, or a single one. Segments of a cell are read in turn. */
export type BlockLine = { readonly cells: readonly (readonly Segment[])[]; readonly end: LineEnd };

/** A paragraph, a heading, a list item or a table of one page. */
export type PageBlock = { readonly kind: 'text' | 'table'; readonly lines: readonly BlockLine[] };
