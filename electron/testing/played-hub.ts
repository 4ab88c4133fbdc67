import { createHash } from 'node:crypto';
import type { HubService } from '../services/hub/hub-service.ts';
import { AppError } from '../shared/app-error.ts';
import type { AppErrorCode } from '../shared/app-error.ts';
import type { HubFile } from '../shared/hub.ts';
import { modelIdSchema } from '../shared/ids.ts';
import type { ModelDescription } from '../shared/model.ts';

/** A hub without a network, for what stands on the hub's service. */
export type PlayedHub = {
  readonly service: HubService;
  /** What was asked of it, in order. */
  readonly requests: readonly string[];
  /** Fails everything from now on. */
  fail(code: AppErrorCode): void;
  /** A file of it as the model folder would list it. */
  installed(repository: string, path: string): ModelDescription;
};

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const revision = '0123456789abcdef0123456789abcdef01234567';

/** Holds files by repository and path. */
export function createPlayedHub(content: Readonly<Record<string, Readonly<Record<string, Buffer>>>>): PlayedHub {
  const requests: string[] = [];
  let failure: AppErrorCode | null = null;
  const bytesOf = (repository: string, path: string): Buffer => {
    const bytes = content[repository]?.[path];
    if (bytes === undefined) throw new AppError('hub/not-found', 'There is nothing.', { what: path, host: 'played' });
    return bytes;
  };
  const ask = (what: string): void => {
    requests.push(what);
    if (failure !== null) throw new AppError(failure, 'played');
  };
  const fileOf = (path: string, bytes: Buffer): HubFile => ({
    path,
    parts: [{ path, sizeBytes: bytes.length, sha256: sha256(bytes) }],
    sizeBytes: bytes.length,
    quantisation: /(Q\d\w*|F16)\.gguf$/.exec(path)?.[1] ?? null,
    fit: null,
    installedId: null,
  });
  const service: HubService = {
    host: async () => 'played',
    async search() {
      ask('search');
      return [];
    },
    async repository(repository) {
      ask(repository);
      const files = content[repository];
      if (files === undefined)
        throw new AppError('hub/not-found', 'There is nothing.', { what: repository, host: 'played' });
      const all = Object.entries(files).map(([path, bytes]) => fileOf(path, bytes));
      return { repository, revision, licence: null, isGated: false, files: all };
    },
    range: async () => Promise.reject(new AppError('hub/unexpected', 'played')),
    byteSource: ({ repository, path }) => ({
      async read(buffer, offset, length, position) {
        ask(`${repository}/${path}`);
        return { bytesRead: bytesOf(repository, path).copy(buffer, offset, position, position + length) };
      },
    }),
  };
  return {
    service,
    requests,
    fail(code) {
      failure = code;
    },
    installed(repository, path) {
      const bytes = bytesOf(repository, path);
      return {
        id: modelIdSchema.parse(`sha256:${sha256(bytes).slice(0, 16)}`),
        name: path,
        kind: 'chat',
        fileName: 'under another name.gguf',
        sizeBytes: bytes.length,
        architecture: 'llama',
        quantisation: null,
        contextLength: 2_048,
        parameterCount: null,
        licence: null,
        isBuiltIn: false,
        isLinked: false,
      };
    },
  };
}
