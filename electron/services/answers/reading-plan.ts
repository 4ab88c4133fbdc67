import { contentWords } from '../../shared/content-words.ts';
import type { DocumentDescription } from '../../shared/document.ts';

/** Jobs of one plan, at most. */
export const jobLimit = 5;

/** Characters of one job; what is longer is cut. A sentence of 25 words has about as many. */
const jobLength = 160;

/** Documents whose size is told; the rest are counted. */
const describedLimit = 6;

/** Documents that have a letter in what is asked. */
export const letteredLimit = 26;

const numbered = /^\s*(?:\d{1,2}\s*[.):]|[-*•])\s*(\S.*)$/u;

/** A letter for a document, in the order of the documents: what it is called elsewhere, where its name is nobody's business. */
export const letterOf = (index: number): string => String.fromCharCode('A'.charCodeAt(0) + index);

/** Two digits are enough to plan by, and tell one document from another less well than all of them. */
const about = (count: number): string => String(Number(count.toPrecision(2)));

/** All that is told of documents before anything was found in them: how many there are and about how long they are. */
export function describeSizes(documents: readonly Pick<DocumentDescription, 'words' | 'passages'>[]): string {
  const sizes = documents
    .slice(0, describedLimit)
    .map(({ words, passages }, index) => {
      const size = `about ${about(words)} words in about ${about(passages)} parts`;
      return documents.length === 1 ? `one, ${size}` : `document ${letterOf(index)}, ${size}`;
    })
    .join('; ');
  const rest = documents.length - describedLimit;
  return rest > 0 ? `${sizes}; and ${rest} more` : sizes;
}

/** Words to search with, and nothing that could be more than words. */
function cleanJob(line: string): string {
  const words = line
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .replaceAll(/[`*_#<>|~"“”„]/g, '')
    .trim();
  return words.slice(0, jobLength).trim();
}

/**
 * The jobs of a plan that a large model wrote, at most five, each once. Whatever is no numbered or dashed line of words is
 * left out; what is no plan at all has none.
 */
export function parsePlan(text: string): readonly string[] {
  const jobs = new Map<string, string>();
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const job = cleanJob(numbered.exec(line)?.[1] ?? '');
    const key = job.toLowerCase();
    if (contentWords(job).size === 0 || jobs.has(key)) continue;
    jobs.set(key, job);
    if (jobs.size === jobLimit) break;
  }
  return [...jobs.values()];
}
