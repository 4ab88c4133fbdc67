import type { PassageRepository } from '../../../storage/storage.ts';
import type { Embedder, EmbeddingTurns } from './embedding-turns.ts';
import { servingEmbedder, wantedEmbedder } from './find-embedders.ts';
import type { FindEmbeddersOptions } from './find-embedders.ts';

/** Which indexes there are to be filled, and with which embedder. */
export type IndexPlan = {
  /** New documents go into its index first; what is asked is looked up there. */
  readonly serving: Embedder;
  /** Takes over when its index is complete; null where the settings name the one that serves. */
  readonly building: Embedder | null;
  /** The one that served before is gone, and what it knew with it. */
  readonly hasStartedOver: boolean;
};

/** What planning needs. */
export type PlanIndexesOptions = FindEmbeddersOptions & {
  readonly passages: Pick<PassageRepository, 'indexes' | 'openIndex' | 'promoteIndex' | 'dropIndex'>;
  readonly turns: EmbeddingTurns;
};

/**
 * Brings the indexes in line with the settings: makes the first one, begins one for another embedder beside the one that
 * serves, and drops one that nobody wants any more. Where the embedder that serves is gone, the new one serves at once,
 * however little is in it. Throws `model/*` and what the engine throws when the embedder cannot be loaded.
 */
export async function planIndexes(options: PlanIndexesOptions, signal: AbortSignal): Promise<IndexPlan> {
  const { passages, turns } = options;
  const indexes = await passages.indexes();
  const servingIndex = indexes.find(({ state }) => state === 'serving');
  const buildingIndex = indexes.find(({ state }) => state === 'building');
  const wanted = await wantedEmbedder(options);
  if (servingIndex?.modelId === wanted.id) {
    if (buildingIndex !== undefined) await passages.dropIndex(buildingIndex.modelId);
    return { serving: wanted, building: null, hasStartedOver: false };
  }
  const { embedder: serving } = await servingEmbedder(options);
  if (buildingIndex?.modelId !== wanted.id) {
    await passages.openIndex(wanted.id, await turns.dimensions(wanted, signal));
  }
  if (servingIndex === undefined) return { serving: wanted, building: null, hasStartedOver: false };
  if (serving === null) {
    await passages.promoteIndex(wanted.id);
    return { serving: wanted, building: null, hasStartedOver: true };
  }
  return { serving, building: wanted, hasStartedOver: false };
}

/**
 * Lets the index that was built serve from now on, unless nothing came into it: it must not replace one that works. True
 * when it serves.
 */
export async function promoteWhenFilled(
  { id }: Embedder,
  passages: Pick<PassageRepository, 'indexes' | 'countWithoutVector' | 'promoteIndex'>,
): Promise<boolean> {
  const index = (await passages.indexes()).find(({ modelId }) => modelId === id);
  if (index === undefined) return false;
  if (index.passages === 0 && (await passages.countWithoutVector(id)) > 0) return false;
  await passages.promoteIndex(id);
  return true;
}
