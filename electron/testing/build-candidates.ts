import { createId, documentHashSchema, documentIdSchema, passageIdSchema } from '../shared/ids.ts';
import type { DocumentId } from '../shared/ids.ts';
import type { Passage } from '../shared/document.ts';
import type { Candidate } from '../services/documents/ranking/gather-candidates.ts';

const documentHash = documentHashSchema.parse('0'.repeat(64));

/** Passages of one document in their order, as they lie in it; each text on a page of its own number, or on none. */
export function buildPassages(
  texts: readonly { readonly text: string; readonly page?: number; readonly headings?: readonly string[] }[],
  documentId: DocumentId = createId(documentIdSchema),
): readonly Passage[] {
  let start = 0;
  return texts.map(({ text, page, headings = [] }, index) => {
    const lines = page === undefined ? { lines: { first: index + 1, last: index + 1 } } : { page };
    const place = { documentHash, start, end: start + text.length, ...lines };
    start = place.end + 1;
    return { id: createId(passageIdSchema), documentId, documentName: 'a.txt', format: 'text', place, headings, text };
  });
}

/** A vector of unit length that points this far from the first axis towards the second, in degrees. */
export function angled(degrees: number): Float32Array {
  const radians = (degrees / 180) * Math.PI;
  return Float32Array.of(Math.cos(radians), Math.sin(radians));
}

/** The passages of one document as candidates that know their neighbours; `vectors` in their order. */
export function buildCandidates(
  passages: readonly Passage[],
  vectors: readonly (Float32Array | null)[] = [],
): readonly Candidate[] {
  return passages.map((passage, index) => ({
    passage,
    lexicalScore: null,
    lexicalRank: null,
    denseRank: null,
    vector: vectors[index] ?? null,
    neighbours: [-2, -1, 1, 2].flatMap((distance) => {
      const near = passages[index + distance];
      return near === undefined ? [] : [{ passage: near, distance, vector: vectors[index + distance] ?? null }];
    }),
  }));
}
