import type { InferenceEngine } from '../../inference/engine.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { readPrompt } from '../../providers/prompt-template.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Conversation } from '../../shared/conversation.ts';
import type { ConversationId } from '../../shared/ids.ts';
import type { Storage } from '../../storage/storage.ts';
import type { ConversationsService } from '../conversations/conversations-service.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import type { RunsService } from '../runs/runs-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { TitlesService } from './titles-service.ts';
import { writeTitle } from './write-title.ts';

/** What the service is made of. */
export type TitlesServiceOptions = {
  readonly storage: Pick<Storage, 'conversations' | 'messages'>;
  readonly conversations: Pick<ConversationsService, 'offerTitle'>;
  readonly presets: Pick<PresetsService, 'answerOptions'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly provider: ModelProvider;
  readonly engine: Pick<InferenceEngine, 'state'>;
  readonly runs: Pick<RunsService, 'onBusy'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of what ships with the app; the prompts are in it. */
  readonly resourcesFolder: string;
};

/** Nothing was asked for this long: a follow-up would have been typed by now, or is being thought about. In milliseconds. */
const quietMs = 4_000;

/** Conversations that get a title in one quiet time. */
const batchLimit = 20;

/**
 * Writes titles in quiet times: some seconds after the last run has ended, by a model that is loaded anyway, one
 * conversation after the other; whatever begins meanwhile ends it at once, and the next quiet time takes it up again. What
 * will not do is not tried again in this session. Private conversations keep their first words.
 */
export function createTitlesService(options: TitlesServiceOptions): TitlesService {
  const { storage, settings, engine, runs, clock, logger } = options;
  const tried = new Set<ConversationId>();
  let quiet = new AbortController();
  let working: Promise<void> = Promise.resolve();

  const name = async (conversation: Conversation, template: string, signal: AbortSignal): Promise<void> => {
    const { id, tipId } = conversation;
    const { modelId } = await options.presets.answerOptions(conversation);
    const provider = options.provider.withModel(modelId);
    if (tipId === null || !(await provider.preview()).isLoaded) return;
    const title = await writeTitle(await storage.messages.branch(tipId), { provider, template }, signal);
    tried.add(id);
    if (title !== null) await options.conversations.offerTitle(id, title);
  };

  const work = async (signal: AbortSignal): Promise<void> => {
    await clock.delay(quietMs, signal);
    if (!(await settings.get()).hasAutomaticTitles) return;
    const template = await readPrompt(options.resourcesFolder, 'title');
    const waiting = await storage.conversations.untitled(batchLimit);
    for (const conversation of waiting.filter(({ id }) => !tried.has(id))) {
      // Documents may be indexed meanwhile, which is no run and has the same processor.
      while (engine.state.state === 'busy') await clock.delay(quietMs, signal);
      signal.throwIfAborted();
      await name(conversation, template, signal);
    }
  };

  const begin = (): void => {
    quiet = new AbortController();
    const { signal } = quiet;
    working = working
      .then(() => work(signal))
      .catch((error: unknown) => {
        if (!signal.aborted) logger.warn('title-not-written', { code: AppError.from(error).code });
      });
  };

  const stopListening = runs.onBusy((isBusy) => {
    quiet.abort();
    if (!isBusy) begin();
  });

  return {
    async close() {
      stopListening();
      quiet.abort();
      await working;
    },
  };
}
