import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { GgufDescription } from '../../inference/gguf/gguf-description.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { repositorySchema } from '../../shared/catalogue.ts';
import { hubFileSchema } from '../../shared/hub.ts';
import { modelKindSchema } from '../../shared/model.ts';

const fileName = 'hub-memory.json';
/** Repositories that are remembered; the ones asked about longest ago are forgotten. */
const mostRepositories = 100;

const bytesSchema = z.number().nonnegative();
const descriptionSchema = z
  .object({
    version: z.int(),
    architecture: z.string(),
    kind: modelKindSchema,
    name: z.string().nullable(),
    quantisation: z.string().nullable(),
    licence: z.string().nullable(),
    contextLength: z.int().positive(),
    embeddingLength: z.int().positive(),
    blockCount: z.int().positive(),
    vocabularySize: z.int().positive(),
    parameterCount: bytesSchema,
    chatTemplateSha256: z.string().nullable(),
    shape: z
      .object({
        tensorBytes: bytesSchema,
        perToken: z.array(z.object({ type: z.int(), bytes: bytesSchema, values: bytesSchema }).readonly()).readonly(),
        keyValueLength: bytesSchema,
        headCount: z.number().positive(),
        widestLength: bytesSchema,
        mergeCount: bytesSchema,
        hasSharedEmbedding: z.boolean(),
      })
      .readonly(),
    sizeBytes: bytesSchema,
    headerBytes: bytesSchema,
  })
  .readonly() satisfies z.ZodType<GgufDescription>;

const rememberedSchema = z
  .object({
    repository: repositorySchema,
    /** Of the hub that was asked: a mirror may have something else. */
    host: z.string(),
    revision: z.string(),
    /** Milliseconds since 1970. */
    askedAt: z.int().nonnegative(),
    files: z
      .array(hubFileSchema.unwrap().pick({ path: true, parts: true, sizeBytes: true, quantisation: true }).readonly())
      .readonly(),
    /** Headers that were read, by the path of the first file. */
    headers: z.record(z.string(), descriptionSchema).readonly(),
  })
  .readonly();
/** What the hub said about a repository. */
export type RememberedRepository = z.infer<typeof rememberedSchema>;

const memorySchema = z.object({ version: z.literal(1), repositories: z.array(rememberedSchema).max(mostRepositories) });

async function readMemory(path: string): Promise<readonly RememberedRepository[]> {
  try {
    return memorySchema.parse(JSON.parse(await readFile(path, 'utf8'))).repositories;
  } catch {
    // Missing, damaged or of another version: all of it can be asked again.
    return [];
  }
}

async function writeMemory(folder: string, repositories: readonly RememberedRepository[]): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporaryPath = join(folder, `${fileName}.${randomUUID()}.partial`);
  try {
    await using file = await open(temporaryPath, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify({ version: 1, repositories })}\n`);
    await rename(temporaryPath, join(folder, fileName));
  } catch (error) {
    await rm(temporaryPath, { force: true });
    throw error;
  }
}

/** What the hub said before, so that nobody has to be asked to show sizes. */
export type HubMemory = {
  /** Of one repository at this host; null when it was never asked about. */
  recall(host: string, repository: string): Promise<RememberedRepository | null>;
  /** Keeps it, with the headers that were read of the same revision before. */
  remember(repository: RememberedRepository): Promise<RememberedRepository>;
};

/** Keeps what the hub said in `hub-memory.json` of the data folder. A disk that cannot be written costs nothing but the memory of it. */
export function createHubMemory(dataFolder: string, logger: Logger): HubMemory {
  let reading: Promise<readonly RememberedRepository[]> | null = null;
  let writing: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<readonly RememberedRepository[]> =>
    (reading ??= readMemory(join(dataFolder, fileName)));
  const recall: HubMemory['recall'] = async (host, repository) =>
    (await read()).find((one) => one.repository === repository && one.host === host) ?? null;

  const keep = async (told: RememberedRepository): Promise<RememberedRepository> => {
    const before = await recall(told.host, told.repository);
    const headers = before?.revision === told.revision ? { ...before.headers, ...told.headers } : told.headers;
    const kept = { ...told, headers };
    const others = (await read()).filter((one) => one.repository !== told.repository || one.host !== told.host);
    const all = [...others, kept].slice(-mostRepositories);
    reading = Promise.resolve(all);
    await writeMemory(dataFolder, all).catch((error: unknown) => {
      logger.warn('hub-memory-not-written', { code: AppError.from(error).code });
    });
    return kept;
  };

  return {
    recall,
    async remember(told) {
      const kept = writing.then(() => keep(told));
      writing = kept.catch(() => undefined);
      return await kept;
    },
  };
}
