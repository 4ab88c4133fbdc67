import { AppError } from '../../../shared/app-error.ts';
import { embeddingPrefixesOf } from '../../../shared/embedding-prefixes.ts';
import type { ModelId } from '../../../shared/ids.ts';
import type { PassageRepository } from '../../../storage/storage.ts';
import type { ModelsService } from '../../models/models-service.ts';
import type { Embedder, EmbeddingTurns } from './embedding-turns.ts';

/** What finding needs. */
export type FindEmbeddersOptions = {
  readonly passages: Pick<PassageRepository, 'indexes'>;
  readonly models: Pick<ModelsService, 'embedder' | 'resolve'>;
};

function toEmbedder({ description, path }: Awaited<ReturnType<ModelsService['embedder']>>): Embedder {
  return { id: description.id, path, prefixes: embeddingPrefixesOf(description) };
}

/** The embedder of the settings. Throws `model/not-found`, `model/*`. */
export async function wantedEmbedder({ models }: Pick<FindEmbeddersOptions, 'models'>): Promise<Embedder> {
  return toEmbedder(await models.embedder());
}

/** The embedder of this id, wherever it is; null when its file is gone. */
async function knownEmbedder(id: ModelId, models: FindEmbeddersOptions['models']): Promise<Embedder | null> {
  try {
    const found = toEmbedder(await models.resolve(id));
    return found.id === id ? found : null;
  } catch (error) {
    if (AppError.isInstance(error)) return null;
    throw error;
  }
}

/** The embedder whose index answers searches. */
export type ServingEmbedder = {
  /** Null without an index, or when the embedder's file is gone. */
  readonly embedder: Embedder | null;
  /** False where the settings name another one, whose index is or should be built; true without an index. */
  readonly isWanted: boolean;
};

/** Finds the embedder whose index answers searches. */
export async function servingEmbedder(options: FindEmbeddersOptions): Promise<ServingEmbedder> {
  const serving = (await options.passages.indexes()).find(({ state }) => state === 'serving');
  if (serving === undefined) return { embedder: null, isWanted: true };
  const wanted = await wantedEmbedder(options).catch(() => null);
  if (wanted?.id === serving.modelId) return { embedder: wanted, isWanted: true };
  return { embedder: await knownEmbedder(serving.modelId, options.models), isWanted: wanted === null };
}

/** Makes vectors of questions, to be looked up in the index that serves. */
export interface QuestionEmbedder {
  /** In the order of the texts; null while no index serves or its embedder's file is gone. Throws what the engine throws. */
  embed(
    texts: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly modelId: ModelId; readonly vectors: readonly Float32Array[] } | null>;
}

/** Embeds with whatever embedder serves at the moment of the question. */
export function createQuestionEmbedder(
  options: FindEmbeddersOptions & {
    /** Called when the one that serves is not the one that is wanted: somebody has to see to it. */
    readonly onDifference: () => void;
  },
  turns: EmbeddingTurns,
): QuestionEmbedder {
  return {
    async embed(texts, signal) {
      const { embedder, isWanted } = await servingEmbedder(options);
      if (!isWanted) options.onDifference();
      if (embedder === null) return null;
      const questions = texts.map((text) => `${embedder.prefixes.query}${text}`);
      const vectors = await turns.embed(embedder, questions, { priority: 'interactive', signal });
      return { modelId: embedder.id, vectors };
    },
  };
}
