import { join } from 'node:path';
import { rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { foreignProgramSchema, modelOriginSchema } from '../../shared/model-detail.ts';
import type { ModelOrigin } from '../../shared/model-detail.ts';
import { localPath, shownName } from './foreign/found-model.ts';
import { hashModelFile } from './hash-model-file.ts';
import { filesOf } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import { readBoundedText } from './read-bounded-text.ts';
import { digestOfParts } from './split-files.ts';

/** In the model folder, so that it goes where the models go. */
const indexFileName = '.sotto-models.json';
/** Entries that are kept, the newest; more models than anybody has. */
const entryLimit = 1_000;
const indexLimitBytes = 8 * 1024 * 1024;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const entrySchema = z
  .object({
    name: z.string().max(4_096),
    sizeBytes: z.int().nonnegative(),
    modifiedMs: z.number(),
    sha256: sha256Schema,
    origin: modelOriginSchema.nullable().default(null),
    /** Milliseconds since 1970 of the last reading of the whole file. */
    checkedAt: z.int().nonnegative().nullable().default(null),
  })
  .readonly();
const linkSchema = z
  .object({
    /** Absolute, of the first file. */
    path: z
      .string()
      .max(4_096)
      .refine((path) => localPath(path) === path),
    /** As people know it there, such as `qwen3:1.7b`. */
    name: z
      .string()
      .max(500)
      .transform((name) => shownName(name, '?')),
    program: foreignProgramSchema.nullable(),
    at: z.int().nonnegative(),
    /** Of the whole model when it was linked. */
    sha256: sha256Schema,
  })
  .readonly();
const indexSchema = z.object({
  version: z.literal(1),
  files: z.array(entrySchema).max(entryLimit),
  // A folder that came from elsewhere may name anything: what is no link of ours is left out, and the digests are kept.
  links: z
    .array(z.unknown())
    .max(entryLimit)
    .default([])
    .transform((links) => links.flatMap((link) => linkSchema.safeParse(link).data ?? [])),
});

/** What is written down about one file of the model folder. */
export type IndexEntry = z.infer<typeof entrySchema>;
/** A model that is used where it lies. */
export type ModelLink = z.infer<typeof linkSchema>;
type Content = { readonly files: readonly IndexEntry[]; readonly links: readonly ModelLink[] };

/** What is remembered of model files: digests, so that gigabytes are read once and not at every start, and where they came from. */
export interface ModelIndex {
  /** The digest if it is known. */
  find(file: ModelFile): Promise<string | null>;
  /** The digest; reads the file where it is not known. Calls for one file at the same time share the reading. */
  digest(file: ModelFile): Promise<string>;
  /** Remembers a digest that was computed just now; the origin stays as it was where none is given and the content is the same. */
  remember(file: ModelFile, sha256: string, origin?: ModelOrigin | null): Promise<void>;
  /** What is written down under a name, whether or not the file is still that one. */
  entry(name: string): Promise<IndexEntry | null>;
  forget(names: readonly string[]): Promise<void>;
  links(): Promise<readonly ModelLink[]>;
  /** Adds a link, in the place of one to the same path. */
  addLink(link: ModelLink): Promise<void>;
  removeLink(path: string): Promise<void>;
}

/** How an index works. */
export type ModelIndexOptions = {
  readonly logger: Logger;
  /** Ends readings that are under way. */
  readonly signal: AbortSignal;
  readonly now: () => number;
};

async function load(path: string): Promise<Content | null> {
  try {
    return indexSchema.parse(JSON.parse(await readBoundedText(path, indexLimitBytes)));
  } catch {
    // Missing or damaged, it is made anew.
    return null;
  }
}

/** True while the file is the one that was read. */
export function isSameFile(entry: Pick<ModelFile, 'sizeBytes' | 'modifiedMs'>, file: ModelFile): boolean {
  return entry.sizeBytes === file.sizeBytes && entry.modifiedMs === file.modifiedMs;
}

/** The content in memory and on the disk; changes are made one after the other, to what the disk has by then. */
class IndexFile {
  readonly #path: string | null;
  readonly #logger: Logger;
  #content: Promise<Content> | null = null;
  #isDetached = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(path: string | null, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  async read(): Promise<Content> {
    const path = this.#path;
    this.#content ??= (path === null ? Promise.resolve(null) : load(path)).then(
      (found) => found ?? { files: [], links: [] },
    );
    return await this.#content;
  }

  async change(apply: (content: Content) => Content): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const inMemory = await this.read();
      // Another process may have written since; only where nothing can be written is memory all there is.
      const onDisk = this.#path === null || this.#isDetached ? null : await load(this.#path);
      const content = apply(onDisk ?? inMemory);
      this.#content = Promise.resolve(content);
      await this.#save(content);
    });
    await this.#writing;
  }

  async #save(content: Content): Promise<void> {
    if (this.#path === null) return;
    const temporary = `${this.#path}.${process.pid}.part`;
    try {
      await writeFile(temporary, `${JSON.stringify({ version: 1, ...content }, null, 2)}\n`);
      await rename(temporary, this.#path);
      this.#isDetached = false;
    } catch (error) {
      this.#isDetached = true;
      await rm(temporary, { force: true }).catch(() => undefined);
      this.#logger.debug('model-index-not-saved', { code: AppError.from(error).code });
    }
  }
}

/** The index that is kept in `folder`; with null, and in a folder that cannot be written, it lasts as long as the process. */
export function createModelIndex(folder: string | null, { logger, signal, now }: ModelIndexOptions): ModelIndex {
  const file = new IndexFile(folder === null ? null : join(folder, indexFileName), logger);
  const reading = new Map<string, Promise<string>>();

  const entry = async (name: string): Promise<IndexEntry | null> =>
    (await file.read()).files.find((one) => one.name === name) ?? null;

  const remember: ModelIndex['remember'] = async ({ name, sizeBytes, modifiedMs }, sha256, origin) => {
    await file.change(({ files, links }) => {
      const before = files.find((one) => one.name === name);
      const known = before?.sha256 === sha256 ? before.origin : null;
      const others = files.filter((one) => one.name !== name);
      const added: IndexEntry = { name, sizeBytes, modifiedMs, sha256, origin: origin ?? known, checkedAt: now() };
      return { files: [...others, added].slice(-entryLimit), links };
    });
  };

  const findOne = async (one: ModelFile): Promise<string | null> => {
    const found = await entry(one.name);
    return found !== null && isSameFile(found, one) ? found.sha256 : null;
  };

  const readOne = async (one: ModelFile): Promise<string> => {
    const known = await findOne(one);
    if (known !== null) return known;
    const sha256 = await hashModelFile(one.path, signal);
    const before = await entry(one.name);
    // What the hub said about a file is overwritten by nobody but the check that puts the file aside.
    if (before?.origin?.from !== 'hub' || before.sha256 === sha256) await remember(one, sha256);
    return sha256;
  };

  const digestOne = (one: ModelFile): Promise<string> => {
    const key = `${one.path}\n${one.sizeBytes}\n${one.modifiedMs}`;
    const running = reading.get(key) ?? readOne(one).finally(() => reading.delete(key));
    reading.set(key, running);
    return running;
  };

  return {
    entry,
    remember,
    async find(model) {
      const digests = await Promise.all(filesOf(model).map(findOne));
      return digests.some((digest) => digest === null)
        ? null
        : digestOfParts(digests.filter((digest) => digest !== null));
    },
    async digest(model) {
      const digests: string[] = [];
      for (const one of filesOf(model)) digests.push(await digestOne(one));
      return digestOfParts(digests);
    },
    forget: async (names) =>
      await file.change(({ files, links }) => ({ files: files.filter(({ name }) => !names.includes(name)), links })),
    links: async () => (await file.read()).links,
    addLink: async (link) =>
      await file.change(({ files, links }) => ({
        files,
        links: [...links.filter(({ path }) => path !== link.path), link].slice(-entryLimit),
      })),
    removeLink: async (path) =>
      await file.change(({ files, links }) => ({ files, links: links.filter((link) => link.path !== path) })),
  };
}
