import type { ModelJob, ModelList } from '../../shared/model.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { ModelOnDisk, ModelShelf } from './model-shelf.ts';

/** What a list is made from. */
export type ListModelsOptions = {
  readonly shelf: ModelShelf;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly current: (job: ModelJob) => Promise<ModelOnDisk | null>;
  /** The model folder as people know it. */
  readonly folder: string;
};

/** Every model once, files that cannot be used with their reason, and which model does what. */
export async function listModels({ shelf, settings, current, folder }: ListModelsOptions): Promise<ModelList> {
  const { usable, unusable } = await shelf.headers();
  const models: ModelOnDisk[] = [];
  // One after the other: reading several new files at once would only make them wait for the same disk.
  for (const header of [...usable, ...(await shelf.builtIn())]) models.push(await shelf.describe(header));
  // A link to what is also in the folder gives way to the folder's own.
  const linkedFirst = models.toSorted((one, other) => Number(one.link === null) - Number(other.link === null));
  const byId = new Map(linkedFirst.map(({ description }) => [description.id, description]));
  const shown = models.flatMap(({ description }) => (byId.get(description.id) === description ? [description] : []));
  const answering = await current('chat').catch(() => null);
  const { modelByJob } = await settings.get();
  const byJob = Object.entries(modelByJob).filter(([, id]) => byId.has(id));
  return {
    models: shown,
    unusable,
    selectedId: answering?.description.id ?? null,
    byJob: Object.fromEntries(byJob),
    folder,
  };
}
