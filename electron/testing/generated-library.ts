import type { DocumentDescription, Passage } from '../shared/document.ts';
import type { CollectionId, LibraryFileId, SourceId } from '../shared/ids.ts';
import { collectionIdSchema, createId, libraryFileIdSchema, sourceIdSchema } from '../shared/ids.ts';
import type { FoundFile, Storage } from '../storage/storage.ts';
import { buildDocument, testEmbedderId } from './build-records.ts';
import { createSeededRandom } from './seeded-random.ts';

/** What a generated library is made of. */
export type LibrarySize = {
  readonly documents: number;
  readonly passagesPerDocument: number;
  /** Subjects that passages and questions turn around: vectors of one subject are near each other. */
  readonly subjects: number;
};

/** A question with the vector that an embedder would make of it. */
export type GeneratedQuestion = { readonly query: string; readonly vector: Float32Array };

/** A seeded source of passages and questions that have the statistics of real ones: Zipf's law, and subjects. */
export type LibraryGenerator = {
  readonly document: (index: number) => ReturnType<typeof buildDocument>;
  /** Of the passages of that document, in their order. */
  readonly vectors: (index: number) => readonly Float32Array[];
  readonly question: () => GeneratedQuestion;
  /** A phrase that stands in the document of that index. */
  readonly phrase: (index: number) => string;
};

const dimensions = 384;
const wordsPerPassage = 150;
const vocabularySize = 60_000;
/** The commonest words of English and German, then made-up ones. */
const common =
  'the of and to a in is it you that he was for on are with as his they be at one have this from or had by hot but some ' +
  'what there we can out other were all your when up use word how said an each she which do their time if will way ' +
  'about many then them would write like so these her long make thing see him two has look more day could go come did ' +
  'my sound no most number who over know water than call first people may down side been now find any new work part ' +
  'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass';
const syllables =
  'an ber con dis ent for gra hal ing jor kel lum mar nor ost per qui ran sol ter und vel wis yor zan für'.split(' ');

type Random = () => number;
const pick = <Item>(random: Random, items: readonly Item[]): Item | undefined =>
  items[Math.floor(random() * items.length)];

function makeVocabulary(random: Random): readonly string[] {
  const words = new Set(common.split(' '));
  while (words.size < vocabularySize) {
    const length = 2 + Math.floor(random() * 3);
    words.add(Array.from({ length }, () => pick(random, syllables)).join(''));
  }
  return [...words];
}

/** A direction of unit length; `mix` of 0 is `around` itself, of 1 has nothing to do with it. */
function makeVector(random: Random, around: Float32Array | null, mix: number): Float32Array {
  const noise = Float32Array.from({ length: dimensions }, () => random() + random() + random() - 1.5);
  const noiseLength = Math.hypot(...noise);
  const vector = noise.map((value, at) => (value / noiseLength) * mix + (around?.[at] ?? 0) * (1 - mix));
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}

/** Makes the same library for the same seed. */
export function createLibraryGenerator({ passagesPerDocument, subjects }: LibrarySize, seed = 7): LibraryGenerator {
  const random = createSeededRandom(seed);
  const vocabulary = makeVocabulary(random);
  const centres = Array.from({ length: subjects }, () => makeVector(random, null, 1));
  const word = (from: Random): string => vocabulary[Math.floor(vocabulary.length ** from()) - 1] ?? 'the';
  /** Words of a subject are rare ones; a fifth of what is written about it are such. */
  const subjectWord = (from: Random, subject: number): string =>
    vocabulary[1_000 + ((subject * 97 + Math.floor(from() * 40)) % (vocabularySize - 1_000))] ?? 'the';
  const subjectOf = (index: number): number => index % subjects;

  const text = (from: Random, subject: number): string => {
    const words = Array.from({ length: wordsPerPassage }, () =>
      from() < 0.2 ? subjectWord(from, subject) : word(from),
    );
    return words.map((one, at) => (at % 14 === 13 ? `${one}.` : one)).join(' ');
  };
  const textsOf = (index: number): readonly string[] => {
    const from = createSeededRandom(seed + 1_000_003 * (index + 1));
    return Array.from({ length: passagesPerDocument }, () => text(from, subjectOf(index)));
  };

  return {
    document: (index) => buildDocument(textsOf(index), { name: `report-${index}.txt`, isLoose: false }),
    vectors: (index) => {
      const from = createSeededRandom(seed + 2_000_003 * (index + 1));
      const centre = centres[subjectOf(index)] ?? null;
      return Array.from({ length: passagesPerDocument }, () => makeVector(from, centre, 0.6));
    },
    question: () => {
      const subject = Math.floor(random() * subjects);
      const rare = Array.from({ length: 2 + Math.floor(random() * 3) }, () => subjectWord(random, subject));
      const others = Array.from({ length: 3 + Math.floor(random() * 4) }, () => word(random));
      const query = `What does the report say about ${[...others, ...rare].join(' ')}?`;
      return { query, vector: makeVector(random, centres[subject] ?? null, 0.55) };
    },
    phrase: (index) => {
      const words = (textsOf(index)[0] ?? '').split(' ');
      return words.slice(2, 5).join(' ');
    },
  };
}

/** A library as it was stored. */
export type StoredLibrary = {
  /** Every document is in the first, a tenth of them in the second. */
  readonly collectionIds: readonly [CollectionId, CollectionId];
  readonly documents: readonly DocumentDescription[];
};

async function addCollection(
  storage: Storage,
  name: string,
): Promise<{ collectionId: CollectionId; sourceId: SourceId }> {
  const [collectionId, sourceId] = [createId(collectionIdSchema), createId(sourceIdSchema)];
  await storage.collections.insert({ id: collectionId, name, isLocalOnly: false, createdAt: 0 });
  const source = {
    id: sourceId,
    collectionId,
    kind: 'folder',
    path: `/library/${name}`,
    ignorePatterns: [],
    isLocalOnly: false,
  } as const;
  await storage.collections.insertSource(source);
  return { collectionId, sourceId };
}

/** Puts the files of the documents into a collection, in slices as a walk does. */
async function addFiles(
  storage: Storage,
  name: string,
  documents: readonly DocumentDescription[],
): Promise<CollectionId> {
  const { collectionId, sourceId } = await addCollection(storage, name);
  const ids: LibraryFileId[] = [];
  for (let offset = 0; offset < documents.length; offset += 500) {
    const files = documents.slice(offset, offset + 500).map((document): FoundFile => {
      const id = createId(libraryFileIdSchema);
      ids.push(id);
      return { id, path: `reports/${document.name}`, sizeBytes: document.sizeBytes, modifiedAt: 1, skipped: null };
    });
    await storage.libraryFiles.put(sourceId, collectionId, files);
  }
  for (const [at, { id, hash }] of documents.entries()) {
    const fileId = ids[at];
    if (fileId) await storage.libraryFiles.update(fileId, { status: 'ready', documentId: id, hash });
  }
  return collectionId;
}

async function addDocument(storage: Storage, generator: LibraryGenerator, index: number): Promise<DocumentDescription> {
  const { document, passages } = generator.document(index);
  await storage.documents.insert(document, passages);
  const vectors = generator.vectors(index);
  const rows = passages.flatMap(({ id }: Passage, at) => {
    const vector = vectors[at];
    return vector ? [{ passageId: id, vector }] : [];
  });
  await storage.passages.insertVectors(testEmbedderId, rows);
  return document.description;
}

/** Fills a storage with a whole generated library: documents, passages, vectors, files of two collections. */
export async function storeLibrary(
  storage: Storage,
  generator: LibraryGenerator,
  size: LibrarySize,
): Promise<StoredLibrary> {
  await storage.passages.openIndex(testEmbedderId, dimensions);
  const documents: DocumentDescription[] = [];
  for (let index = 0; index < size.documents; index += 1) documents.push(await addDocument(storage, generator, index));
  const all = await addFiles(storage, 'all', documents);
  const tenth = await addFiles(
    storage,
    'tenth',
    documents.filter((_, index) => index % 10 === 3),
  );
  return { collectionIds: [all, tenth], documents };
}
