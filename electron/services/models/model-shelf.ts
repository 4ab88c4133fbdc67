import { basename, isAbsolute, join, resolve } from 'node:path';
import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import type { PlatformFolders } from '../../platform/platform.ts';
import { AppError } from '../../shared/app-error.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { ModelOrigin } from '../../shared/model-detail.ts';
import type { ModelDescription, UnusableModel } from '../../shared/model.ts';
import { modelIdOf } from './hash-model-file.ts';
import { modelFileAt } from './model-file-at.ts';
import { indexName, listModelFiles, statModelFile } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import { createModelHeaders } from './model-headers.ts';
import type { ModelHeader } from './model-headers.ts';
import { createModelIndex } from './model-index.ts';
import type { ModelIndex, ModelIndexOptions, ModelLink } from './model-index.ts';
import { modelName } from './model-name.ts';
import { groupSplitFiles } from './split-files.ts';
import type { ModelTrust } from './trust-model-files.ts';

/** A model that can be loaded, and everything that is known of its file. */
export type ModelOnDisk = {
  readonly description: ModelDescription;
  /** Of the first file. */
  readonly path: string;
  readonly file: ModelFile;
  readonly gguf: GgufDescription;
  readonly link: ModelLink | null;
  /** Hexadecimal; of a model in several files, the digest of theirs. */
  readonly sha256: string;
};

/** A usable header, before its file was hashed. */
export type UsableHeader = Extract<ModelHeader, { status: 'usable' }> & {
  readonly isBuiltIn: boolean;
  readonly link: ModelLink | null;
};

/** A sound adapter, before its file was hashed. */
export type AdapterHeader = Extract<ModelHeader, { status: 'adapter' }>;

/** What the model folder and the links have, by their headers. */
export type ShelfHeaders = {
  readonly usable: readonly UsableHeader[];
  readonly unusable: readonly UnusableModel[];
  /** Files that change a model and are none. */
  readonly adapters: readonly AdapterHeader[];
};

/** What the shelf stands on. */
export type ModelShelfOptions = ModelIndexOptions & {
  readonly folders: Pick<PlatformFolders, 'models' | 'resources'>;
  /** Of the model folder. */
  readonly index: ModelIndex;
  readonly trust: ModelTrust;
};

/** The files of the model folder, of the app's own resources, and those that are used where they lie. */
export class ModelShelf {
  readonly folder: string;
  readonly #builtInFolder: string;
  readonly #headers;
  readonly #index;
  readonly #trust;
  readonly #builtInHeaders;
  readonly #builtInIndex;

  constructor({ folders, index, trust, ...rest }: ModelShelfOptions) {
    this.folder = resolve(folders.models);
    this.#builtInFolder = join(folders.resources, 'models');
    this.#headers = createModelHeaders(rest.signal);
    this.#index = index;
    this.#trust = trust;
    this.#builtInHeaders = createModelHeaders(rest.signal);
    this.#builtInIndex = createModelIndex(null, rest);
  }

  /** Headers of the model folder and of linked files; nothing is hashed but files of the hub that were changed. */
  async headers(): Promise<ShelfHeaders> {
    const own = groupSplitFiles(await this.#trust.sift(await listModelFiles(this.folder)));
    const links = await this.#index.links();
    const linked = await Promise.all(links.map(({ path }) => modelFileAt(path, (one) => this.#nameOf(one))));
    const headers = await this.#headers.readAll([...own, ...linked.filter((file) => file !== null)]);
    const linkOf = (file: ModelFile): ModelLink | null => links.find(({ path }) => path === file.path) ?? null;
    const unusable = headers.flatMap((header) => (header.status === 'unusable' ? [header] : []));
    const missing = links.filter((_, at) => linked[at] === null);
    return {
      usable: headers.flatMap((header) =>
        header.status === 'usable' ? [{ ...header, isBuiltIn: false, link: linkOf(header.file) }] : [],
      ),
      unusable: [...unusable.map((header) => toUnusable(header, linkOf(header.file))), ...missing.map(toMissing)],
      adapters: headers.flatMap((header) => (header.status === 'adapter' ? [header] : [])),
    };
  }

  async builtIn(): Promise<readonly UsableHeader[]> {
    const headers = await this.#builtInHeaders.readAll(await listModelFiles(this.#builtInFolder));
    return headers.flatMap((header) =>
      header.status === 'usable' ? [{ ...header, isBuiltIn: true, link: null }] : [],
    );
  }

  /** With its id, for which the file is read where that was never done. */
  async describe({ file, gguf, isBuiltIn, link }: UsableHeader): Promise<ModelOnDisk> {
    const sha256 = await (isBuiltIn ? this.#builtInIndex : this.#index).digest(file);
    const description: ModelDescription = {
      id: modelIdOf(sha256),
      name: link?.name ?? modelName(file.path, gguf.name),
      kind: gguf.kind,
      fileName: isAbsolute(file.name) ? basename(file.path) : file.name,
      sizeBytes: file.sizeBytes,
      architecture: gguf.architecture,
      quantisation: gguf.quantisation,
      contextLength: gguf.contextLength,
      parameterCount: gguf.parameterCount,
      licence: gguf.licence,
      isBuiltIn,
      isLinked: link !== null,
    };
    return { description, path: file.path, file, gguf, link, sha256 };
  }

  /** The first of `headers` whose file has this id; those whose id is known are looked at first. */
  async findById(id: ModelId, headers: readonly UsableHeader[]): Promise<ModelOnDisk | null> {
    const known = await Promise.all(headers.map(async ({ file }) => (await this.#index.find(file)) !== null));
    const ordered = [...headers.filter((_, at) => known[at]), ...headers.filter((_, at) => !known[at])];
    for (const header of ordered) {
      const model = await this.describe(header);
      if (model.description.id === id) return model;
    }
    return null;
  }

  /** The GGUF file at an absolute path, wherever it is. Throws the reader's errors. */
  async atPath(path: string): Promise<ModelOnDisk> {
    const file = await modelFileAt(resolve(path), (one) => this.#nameOf(one));
    if (file === null) throw new AppError('model/not-found', 'There is no model file at this path.');
    const header = await this.#headers.read(file);
    if (header.status === 'unusable') throw header.error;
    if (header.status === 'adapter') {
      throw new AppError('model/wrong-kind', 'The file is an adapter.', { name: basename(path), wanted: 'chat' });
    }
    const link = (await this.#index.links()).find((one) => one.path === file.path) ?? null;
    return this.describe({ ...header, isBuiltIn: false, link });
  }

  /** Any model by its id. Throws `model/not-found`. */
  async byId(id: ModelId): Promise<ModelOnDisk> {
    const found = await this.findById(id, [...(await this.headers()).usable, ...(await this.builtIn())]);
    if (found === null) throw new AppError('model/not-found', 'No model has this id.');
    return found;
  }

  /** Every file with this content, the app's own included; empty for none. */
  async allById(id: ModelId): Promise<readonly ModelOnDisk[]> {
    const found: ModelOnDisk[] = [];
    for (const header of [...(await this.headers()).usable, ...(await this.builtIn())]) {
      const model = await this.describe(header);
      if (model.description.id === id) found.push(model);
    }
    return found;
  }

  async byIdOrPath(idOrPath: string): Promise<ModelOnDisk> {
    if (isAbsolute(idOrPath)) return this.atPath(idOrPath);
    const id = modelIdSchema.safeParse(idOrPath);
    if (!id.success) throw new AppError('model/not-found', 'No model has this id.');
    return this.byId(id.data);
  }

  /** The file with this content, when the folder has it. Only files of the same size are hashed. */
  async findContent(sizeBytes: number, digest: () => Promise<string>): Promise<ModelFile | null> {
    const alike = (await listModelFiles(this.folder)).filter((file) => file.sizeBytes === sizeBytes);
    if (alike.length === 0) return null;
    const wanted = await digest();
    for (const file of alike) if ((await this.#index.digest(file)) === wanted) return file;
    return null;
  }

  /** After a file was written whose digest was computed on the way. */
  async remember(path: string, digest: string, origin: ModelOrigin | null = null): Promise<void> {
    const file = await statModelFile(path, this.#nameOf(path));
    if (file !== null) await this.#index.remember(file, digest, origin);
  }

  #nameOf(path: string): string {
    return indexName(path, this.folder);
  }
}

type UnusableHeader = Extract<ModelHeader, { status: 'unusable' }>;

function toUnusable({ file, error }: UnusableHeader, link: ModelLink | null): UnusableModel {
  const { code, message, details } = error;
  const idOfLink = link === null ? {} : { id: modelIdOf(link.sha256) };
  return { fileName: link?.name ?? file.name, sizeBytes: file.sizeBytes, code, message, details, ...idOfLink };
}

/** A link whose file went away stays in the list until the person takes it out. */
function toMissing({ name, sha256 }: ModelLink): UnusableModel {
  const message = 'The linked file is not there any more.';
  return { fileName: name, sizeBytes: 0, code: 'file/not-found', message, id: modelIdOf(sha256) };
}
