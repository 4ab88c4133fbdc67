import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ExtractDocument, ExtractedDocument } from '../parsing/worker/extracted-document.ts';

const fixtures = join(import.meta.dirname, '..', 'parsing', 'fixtures');

/** What a reader makes of bytes, without a process around it. */
export async function extractBytes(
  extract: ExtractDocument,
  bytes: Buffer,
  name = 'document',
): Promise<ExtractedDocument> {
  return await extract(bytes, { name, recognitionLanguages: [], onProgress: () => undefined });
}

/** The bytes of a file among the parser's fixtures. */
export async function fixtureBytes(path: string): Promise<Buffer> {
  return await readFile(join(fixtures, path));
}

/** What a reader makes of one of the parser's fixtures, such as `office/lease.docx`. */
export async function extractFixture(extract: ExtractDocument, path: string): Promise<ExtractedDocument> {
  return await extractBytes(extract, await fixtureBytes(path), basename(path));
}

/**
 * What a reader says of a file that is cut at `cuts` places: the codes of its errors, `read` where it read, and the
 * message of anything that was thrown without a code.
 */
export async function outcomesOfCuts(
  extract: ExtractDocument,
  bytes: Buffer,
  cuts: readonly number[],
): Promise<ReadonlySet<string>> {
  const outcomes = new Set<string>();
  for (const cut of cuts) outcomes.add(await outcomeOf(extract, bytes.subarray(0, cut)));
  return outcomes;
}

async function outcomeOf(extract: ExtractDocument, bytes: Buffer): Promise<string> {
  try {
    await extractBytes(extract, bytes);
    return 'read';
  } catch (error) {
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);
  }
}
