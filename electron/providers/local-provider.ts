import type { InferenceEngine, LoadedModel } from '../inference/engine.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { Route } from '../shared/route.ts';
import { createLocalLanguageModel } from './local-language-model.ts';
import type { ModelProvider, PrepareOptions } from './model-provider.ts';
import { streamModel } from './stream-model.ts';

/** The part of the models service that says which model answers next. */
export type ModelSource = {
  current(): Promise<{
    readonly description: { readonly id: string; readonly name: string };
    readonly path: string;
  } | null>;
};

/** What the local provider is made of. */
export type LocalProviderOptions = {
  readonly engine: InferenceEngine;
  readonly models: ModelSource;
  readonly logger: Logger;
};

const localRoute: Route = { zone: 'local', reason: 'only-local-models' };

/**
 * The models of this machine. Every call works with the model that is current then, loading it where needed; calls at
 * the same time share one load. Throws `model/none` when the model folder has no chat model.
 */
export function createLocalProvider({ engine, models, logger }: LocalProviderOptions): ModelProvider {
  const chosen = async () => {
    const current = await models.current();
    if (current === null) throw new AppError('model/none', 'The model folder has no chat model.');
    return current;
  };

  const load = async (path: string, options: PrepareOptions): Promise<LoadedModel> => {
    const signal = options.signal ?? new AbortController().signal;
    const before = engine.loaded('chat');
    const loaded = await engine.load(
      { slot: 'chat', path },
      { signal, ...(options.onLoadProgress === undefined ? {} : { onProgress: options.onLoadProgress }) },
    );
    if (before?.path !== path) {
      logger.info('model-loaded', { contextTokens: loaded.contextTokens, isSafeMode: loaded.isSafeMode });
    }
    return loaded;
  };

  const prepare = async (options: PrepareOptions): Promise<LoadedModel> => {
    const { description, path } = await chosen();
    options.onModel?.({ modelName: description.name, route: localRoute });
    return load(path, options);
  };

  return {
    contextTokens: async (options = {}) => (await prepare(options)).contextTokens,
    async *stream(request, signal) {
      const { description, path } = await chosen();
      await load(path, { signal });
      const model = createLocalLanguageModel(engine, description.id);
      yield* streamModel({ model, modelName: description.name, route: localRoute }, request, signal);
    },
    async countPromptTokens(turns, signal) {
      await prepare({ signal });
      return engine.countPromptTokens(turns, signal);
    },
    async countTokens(texts, signal) {
      await prepare({ signal });
      return engine.countTokens('chat', texts, signal);
    },
  };
}
