// How long a search over a library takes: builds an encrypted database of documents in collections, with words as common
// and as rare as those of a language and vectors that gather around subjects, and asks questions of it.
//
//   npm run campaign -- library-search [DOCUMENTS, 10000 unless told]
//
// Prints median and 95th percentile in milliseconds by kind of search and by scope, as the app's process sees them, and the
// 99th percentile of the delay of its event loop meanwhile. The bar for both searches together, with the passages that they
// found and their vectors, is 150 ms at 10,000 documents of ten passages; that for the delay is 50 ms.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { rankingWeights } from '../../electron/services/documents/ranking/ranking-weights.ts';
import { searchPassages } from '../../electron/services/documents/search-passages.ts';
import type { SearchScope } from '../../electron/shared/search-scope.ts';
import type { ScoredPassage, Storage } from '../../electron/storage/storage.ts';
import { scopeOf, testEmbedderId } from '../../electron/testing/build-records.ts';
import { createLibraryGenerator, storeLibrary } from '../../electron/testing/generated-library.ts';
import type { GeneratedQuestion, LibraryGenerator, StoredLibrary } from '../../electron/testing/generated-library.ts';
import { createRecordingLogger } from '../../electron/testing/recording-logger.ts';
import { openTestStorage } from '../../electron/testing/open-test-storage.ts';

const size = { documents: Number(process.argv[2] ?? 10_000), passagesPerDocument: 10, subjects: 500 };
const candidates = 100;
const repeats = 60;

type Search = (storage: Storage, question: GeneratedQuestion, scope: SearchScope) => Promise<unknown>;

const searchWords = (storage: Storage, { query }: GeneratedQuestion, scope: SearchScope) =>
  storage.passages.searchLexical(query, scope, candidates);
const searchMeaning = (storage: Storage, { vector }: GeneratedQuestion, scope: SearchScope) =>
  storage.passages.searchDense(testEmbedderId, vector, scope, candidates);

/** Both, and what a ranking of what they found needs. */
const searchBoth: Search = async (storage, question, scope) => {
  const [lexical, dense] = await Promise.all([
    searchWords(storage, question, scope),
    searchMeaning(storage, question, scope),
  ]);
  const ids = new Set([...lexical, ...dense].map(({ passage }: ScoredPassage) => passage.id));
  await storage.passages.vectors([...ids]);
};

/** All of the app's search but the embedding of the question. */
const searchRanked: Search = async (storage, { query, vector }, scope) => {
  const { passages, documents } = storage;
  const parts = {
    embedder: { embed: async () => await Promise.resolve({ modelId: testEmbedderId, vectors: [vector, vector] }) },
    reranker: { rerank: async () => await Promise.resolve(null) },
    passages,
    documents,
    weights: rankingWeights,
    logger: createRecordingLogger(),
  };
  await searchPassages({ query, scope, mode: 'hybrid', limit: 10 }, parts, new AbortController().signal);
};

const searches: Readonly<Record<string, Search>> = {
  lexical: searchWords,
  dense: searchMeaning,
  both: searchBoth,
  ranked: searchRanked,
  'word counts': (storage, { query }, scope) => storage.passages.wordCounts(query.split(' '), scope),
};

const percentile = (times: readonly number[], share: number): string => {
  const sorted = times.toSorted((one, other) => one - other);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1).padStart(8);
};

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function measure(storage: Storage, generator: LibraryGenerator, library: StoredLibrary): Promise<void> {
  const [all, tenth] = library.collectionIds;
  const one = library.documents[Math.floor(library.documents.length / 2)];
  const scopes: Readonly<Record<string, SearchScope>> = {
    'whole collection': { documentIds: [], collectionIds: [all] },
    'a tenth': { documentIds: [], collectionIds: [tenth] },
    'one document': scopeOf(one ? [one.id] : []),
  };
  const first = { documentIds: [], collectionIds: [all] };
  console.log(
    `the first dense search  ${(await time(() => searchMeaning(storage, generator.question(), first))).toFixed(0)} ms`,
  );
  console.log('\nsearch        scope                  p50      p95      max');
  for (const [kind, search] of Object.entries(searches)) {
    for (const [name, scope] of Object.entries(scopes)) {
      const times: number[] = [];
      for (let round = 0; round < repeats; round += 1) {
        const question = generator.question();
        times.push(await time(() => search(storage, question, scope)));
      }
      const figures = [0.5, 0.95, 1].map((share) => percentile(times, share)).join(' ');
      console.log(`${kind.padEnd(13)} ${name.padEnd(17)} ${figures}`);
    }
  }
}

async function fill(storage: Storage, generator: LibraryGenerator, path: string): Promise<StoredLibrary> {
  const startedAt = performance.now();
  const library = await storeLibrary(storage, generator, size);
  const seconds = (performance.now() - startedAt) / 1_000;
  const passages = size.documents * size.passagesPerDocument;
  console.log(`${passages} passages in ${seconds.toFixed(0)} s, ${((await stat(path)).size / 1e6).toFixed(0)} MB`);
  return library;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-library-'));
  const path = join(folder, 'sotto.db');
  const key = randomBytes(32);
  try {
    const generator = createLibraryGenerator(size);
    const filling = await openTestStorage({ location: { kind: 'file', path, key } });
    const library = await fill(filling, generator, path);
    await filling.close();
    // A person's first question comes to a database that was just opened.
    const storage = await openTestStorage({ location: { kind: 'file', path, key } });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await measure(storage, generator, library);
    delay.disable();
    console.log(`\nDelay of the event loop, p99: ${(delay.percentile(99) / 1e6 - 5).toFixed(1)} ms`);
    await storage.close();
  } finally {
    await rm(folder, { recursive: true });
  }
}

await main();
