import type { SearchTerm } from '../../../../electron/shared/search-query.ts';
import { matchedRanges } from './matched-ranges.ts';

/** The names under which the style sheet knows the marks. */
const allName = 'find';
const currentName = 'find-current';

const blocks = 'p, li, td, th, pre, h1, h2, h3, h4, h5, h6, blockquote, dt, dd';

type Piece = { readonly node: Text; readonly start: number };

/** The text of an element, and where each of its nodes stands in it; words do not run on from block to block. */
function readText(root: Element): { readonly text: string; readonly pieces: readonly Piece[] } {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pieces: Piece[] = [];
  const texts: string[] = [];
  let length = 0;
  let lastBlock: Element | null = null;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    const block = node.parentElement?.closest(blocks) ?? null;
    if (block !== lastBlock && pieces.length > 0) {
      texts.push('\n');
      length += 1;
    }
    lastBlock = block;
    pieces.push({ node, start: length });
    texts.push(node.data);
    length += node.data.length;
  }
  return { text: texts.join(''), pieces };
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((pieces[middle]?.start ?? Infinity) <= offset) low = middle;
    else high = middle - 1;
  }
  return pieces[low];
}

function rangesIn(root: Element, terms: readonly SearchTerm[]): readonly Range[] {
  const { text, pieces } = readText(root);
  return matchedRanges(text, terms).flatMap(({ start, end }) => {
    const [first, last] = [pieceAt(pieces, start), pieceAt(pieces, end - 1)];
    if (first === undefined || last === undefined) return [];
    const range = document.createRange();
    range.setStart(first.node, Math.min(start - first.start, first.node.length));
    range.setEnd(last.node, Math.min(end - last.start, last.node.length));
    return [range];
  });
}

/** Marks the words in the messages that are drawn, without touching their elements. */
export function paintMatches(frame: Element, terms: readonly SearchTerm[], currentId: string | null): void {
  if (!('highlights' in CSS)) return;
  const all = new Highlight();
  const current = new Highlight();
  if (terms.length > 0) {
    for (const item of frame.querySelectorAll<HTMLElement>('[data-message]')) {
      const marks = item.dataset['message'] === currentId ? current : all;
      for (const words of item.querySelectorAll('[data-words]')) {
        for (const range of rangesIn(words, terms)) marks.add(range);
      }
    }
  }
  CSS.highlights.set(allName, all);
  CSS.highlights.set(currentName, current);
}

export function clearMatches(): void {
  if (!('highlights' in CSS)) return;
  CSS.highlights.delete(allName);
  CSS.highlights.delete(currentName);
}
