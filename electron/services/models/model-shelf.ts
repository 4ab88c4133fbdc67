import { isAbsolute, join, resolve } from 'node:path';
import type { Logger } from '../../platform/logger.ts';
import type { PlatformFolders } from '../../platform/platform.ts';
import { AppError } from '../../shared/app-error.ts';
import { modelIdSchema } from '../../shared/ids.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { ModelDescription, UnusableModel } from '../../shared/model.ts';
import { modelIdOf } from './hash-model-file.ts';
import { indexName, listModelFiles, statModelFile } from './model-file.ts';
import type { ModelFile } from './model-file.ts';
import { createModelHeaders } from './model-headers.ts';
import type { ModelHeader } from './model-headers.ts';
import { modelName } from './model-name.ts';
import { createModelIndex } from './model-index.ts';

/** A model that can be loaded. */
export type ModelOnDisk = { readonly description: ModelDescription; readonly path: string };

/** A usable header, before its file was hashed. */
export type UsableHeader = Extract<ModelHeader, { status: 'usable' }> & { readonly isBuiltIn: boolean };

/** The files of the model folder and of the app's own resources. */
export class ModelShelf {
  readonly folder: string;
  readonly #builtInFolder: string;
  readonly #headers;
  readonly #index;
  readonly #builtInHeaders;
  readonly #builtInIndex;

  constructor(folders: Pick<PlatformFolders, 'models' | 'resources'>, logger: Logger, signal: AbortSignal) {
    this.folder = resolve(folders.models);
    this.#builtInFolder = join(folders.resources, 'models');
    this.#headers = createModelHeaders(signal);
    this.#index = createModelIndex(this.folder, logger, signal);
    this.#builtInHeaders = createModelHeaders(signal);
    this.#builtInIndex = createModelIndex(null, logger, signal);
  }

  /** Headers of the model folder, without hashing anything. */
  async headers(): Promise<{ readonly usable: readonly UsableHeader[]; readonly unusable: readonly UnusableModel[] }> {
    const headers = await this.#headers.readAll(await listModelFiles(this.folder));
    return {
      usable: headers.flatMap((header) => (header.status === 'usable' ? [{ ...header, isBuiltIn: false }] : [])),
      unusable: headers.flatMap((header) => (header.status === 'unusable' ? [toUnusable(header)] : [])),
    };
  }

  async builtIn(): Promise<readonly UsableHeader[]> {
    const headers = await this.#builtInHeaders.readAll(await listModelFiles(this.#builtInFolder));
    return headers.flatMap((header) => (header.status === 'usable' ? [{ ...header, isBuiltIn: true }] : []));
  }

  /** With its id, for which the file is read where that was never done. */
  async describe(header: UsableHeader): Promise<ModelOnDisk> {
    const { file, gguf, isBuiltIn } = header;
    const digest = await (isBuiltIn ? this.#builtInIndex : this.#index).digest(file);
    const fileName = file.name.split(/[\\/]/).at(-1) ?? file.name;
    const description: ModelDescription = {
      id: modelIdOf(digest),
      name: modelName(fileName, gguf.name),
      kind: gguf.kind,
      fileName: isAbsolute(file.name) ? fileName : file.name,
      sizeBytes: file.sizeBytes,
      architecture: gguf.architecture,
      quantisation: gguf.quantisation,
      contextLength: gguf.contextLength,
      parameterCount: gguf.parameterCount,
      licence: gguf.licence,
      isBuiltIn,
      isLinked: false,
    };
    return { description, path: file.path };
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
    const file = await statModelFile(path, indexName(resolve(path), this.folder));
    if (file === null) throw new AppError('model/not-found', 'There is no model file at this path.');
    const header = await this.#headers.read(file);
    if (header.status === 'unusable') throw header.error;
    return this.describe({ ...header, isBuiltIn: false });
  }

  async byIdOrPath(idOrPath: string): Promise<ModelOnDisk> {
    if (isAbsolute(idOrPath)) return this.atPath(idOrPath);
    const id = modelIdSchema.safeParse(idOrPath);
    const headers = [...(await this.headers()).usable, ...(await this.builtIn())];
    const found = id.success ? await this.findById(id.data, headers) : null;
    if (found === null) throw new AppError('model/not-found', 'No model has this id.');
    return found;
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
  async remember(path: string, digest: string): Promise<void> {
    const file = await statModelFile(path, indexName(path, this.folder));
    if (file !== null) await this.#index.remember(file, digest);
  }
}

function toUnusable({ file, error }: Extract<ModelHeader, { status: 'unusable' }>): UnusableModel {
  return { fileName: file.name, sizeBytes: file.sizeBytes, code: error.code, message: error.message };
}
