import { bodySize } from './find-pdf-headings.ts';
import type { WrittenBlock } from './text-writer.ts';

const titleLimit = 300;

/** What programs write when nobody gave a title, and names of files. */
const isNoTitle = (title: string): boolean =>
  /^(?:untitled|unbenannt|sans titre|document\d*|dokument\d*|microsoft word|powerpoint|slide \d|tesseract ocr|title|titel|scan|scanned|image)\b/i.test(
    title,
  ) || /\.(?:docx?|odt|rtf|tex|dvi|indd|qxd|pptx?|xlsx?|pdf|html?|txt|pages|jpe?g|png|tiff?)$/i.test(title);

/** The title that a document gives itself, if it reads like one; null otherwise. */
export function saneTitle(title: unknown): string | null {
  if (typeof title !== 'string') return null;
  const words = title.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  const isSane =
    /\p{L}{2}/u.test(words) && words.length <= titleLimit && !words.includes('\uFFFD') && !isNoTitle(words);
  return isSane ? words : null;
}

/** The largest text of the first page that has any, where it is larger than the rest of the document. */
export function largestTitle(blocks: readonly WrittenBlock[]): string | null {
  const page = blocks[0]?.page;
  const first = blocks.filter((block) => block.page === page && block.kind === 'text' && /\p{L}{3}/u.test(block.text));
  const size = Math.max(0, ...first.map((block) => block.size));
  const largest = first.find((block) => block.size > 0.98 * size);
  if (!largest || size < 1.15 * bodySize(blocks) || largest.lines > 4 || largest.text.length > titleLimit) return null;
  return largest.text.replaceAll(/\s+/g, ' ').trim();
}
