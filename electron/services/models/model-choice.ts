import type { ModelId } from '../../shared/ids.ts';
import type { ModelJob } from '../../shared/model.ts';
import { AppError } from '../../shared/app-error.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { availableMemoryBytes, chooseModel } from './choose-model.ts';
import type { ModelOnDisk, ModelShelf, UsableHeader } from './model-shelf.ts';

/** What the choice depends on. */
export type ModelChoiceOptions = {
  readonly settings: Pick<SettingsService, 'get'>;
  /** Id or absolute path that overrides the selection for every job. */
  readonly explicitModel?: string;
  /** Default: what the system says. */
  readonly freeMemoryBytes?: () => number;
};

/** The model, when it is of this kind. Throws `model/wrong-kind`. */
export function needKind(model: ModelOnDisk, kind: 'chat' | 'embedding'): ModelOnDisk {
  if (model.description.kind === kind) return model;
  throw new AppError('model/wrong-kind', 'The model is of another kind.', {
    name: model.description.name,
    wanted: kind,
  });
}

/** Writes a choice down; null takes it back. */
export async function chooseForJob(
  settings: Pick<SettingsService, 'get' | 'update'>,
  job: ModelJob,
  id: ModelId | null,
): Promise<void> {
  if (job === 'chat') return void (await settings.update({ chatModelId: id }));
  const { [job]: _, ...others } = (await settings.get()).modelByJob;
  await settings.update({ modelByJob: id === null ? others : { ...others, [job]: id } });
}

/** Which model does a job next: the one chosen for it, else the one chosen for chats, else the largest that fits. */
export function createModelChoice(
  shelf: ModelShelf,
  { settings, explicitModel, freeMemoryBytes = availableMemoryBytes }: ModelChoiceOptions,
): (job: ModelJob) => Promise<ModelOnDisk | null> {
  let automaticPath: string | null = null;

  const largest = async (chat: readonly UsableHeader[]): Promise<ModelOnDisk | null> => {
    const candidates = chat.map((header) => ({ path: header.file.path, sizeBytes: header.file.sizeBytes, header }));
    const choice = chooseModel(candidates, freeMemoryBytes(), automaticPath);
    automaticPath = choice?.path ?? null;
    return choice === null ? null : await shelf.describe(choice.header);
  };

  return async (job) => {
    if (explicitModel !== undefined) return needKind(await shelf.byIdOrPath(explicitModel), 'chat');
    const { chatModelId, modelByJob } = await settings.get();
    const chat = (await shelf.headers()).usable.filter(({ gguf }) => gguf.kind === 'chat');
    const wanted: readonly (ModelId | null | undefined)[] = [job === 'chat' ? null : modelByJob[job], chatModelId];
    for (const id of wanted) {
      const found = id === null || id === undefined ? null : await shelf.findById(id, chat);
      if (found !== null) return found;
    }
    return await largest(chat);
  };
}
