import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import { parseGguf } from '../../inference/gguf/read-gguf-description.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DownloadRequest } from '../../shared/download.ts';
import type { HubFile, HubRepository } from '../../shared/hub.ts';
import type { HubService } from '../hub/hub-service.ts';
import type { HubMemory, RememberedRepository } from './hub-memory.ts';

/** The file that a request means. Throws `download/no-such-file` with the `quantisations` that there are. */
export function findFile({ files, repository }: HubRepository, { wanted }: DownloadRequest): HubFile {
  const found = files.find((file) =>
    'path' in wanted
      ? file.parts.some(({ path }) => path === wanted.path)
      : file.quantisation?.toLowerCase() === wanted.quantisation.toLowerCase(),
  );
  if (found !== undefined) return found;
  const quantisations = files.map(({ quantisation, path }) => quantisation ?? path).join(', ');
  throw new AppError('download/no-such-file', 'The repository has no such file.', { repository, quantisations });
}

/** A repository as the hub has it now, and what is remembered of it. */
export type Told = { readonly repository: HubRepository; readonly remembered: RememberedRepository };

/** Asks the hub, and remembers what it says. */
export type HubAsker = {
  /** What a repository offers. */
  repository(name: string, signal: AbortSignal): Promise<Told>;
  /** The header of a file, read over the network. Throws `model/unsupported` for a model in several files. */
  header(repository: HubRepository, file: HubFile, signal: AbortSignal): Promise<GgufDescription>;
};

/** Everything throws what the hub throws. */
export function createHubAsker(parts: {
  readonly hub: HubService;
  readonly memory: HubMemory;
  readonly clock: Clock;
}): HubAsker {
  const { hub, memory, clock } = parts;
  const remember = async (
    { repository, revision, files }: HubRepository,
    headers: RememberedRepository['headers'],
  ): Promise<RememberedRepository> =>
    await memory.remember({
      repository,
      host: await hub.host(),
      revision,
      askedAt: clock.now(),
      files: files.map(({ path, parts: ofFile, sizeBytes, quantisation }) => ({
        path,
        parts: ofFile,
        sizeBytes,
        quantisation,
      })),
      headers,
    });
  return {
    async repository(name, signal) {
      const repository = await hub.repository(name, signal);
      return { repository, remembered: await remember(repository, {}) };
    },
    async header(repository, file, signal) {
      const { path, sizeBytes, parts: ofFile } = file;
      // The first of several has the keys, and the list of its own tensors alone.
      if (ofFile.length > 1) throw new AppError('model/unsupported', 'The model is split.', { reason: 'split-file' });
      const address = { repository: repository.repository, revision: repository.revision, path };
      const description = await parseGguf(hub.byteSource(address, sizeBytes, signal), sizeBytes, signal);
      await remember(repository, { [path]: description });
      return description;
    },
  };
}
