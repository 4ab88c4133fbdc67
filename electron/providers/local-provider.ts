import type { InferenceEngine, LoadedModel } from '../inference/engine.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { ModelId } from '../shared/ids.ts';
import type { Route } from '../shared/route.ts';
import { createLocalLanguageModel } from './local-language-model.ts';
import { ModelGate } from './model-gate.ts';
import type { ModelProvider, PrepareOptions } from './model-provider.ts';
import { streamModel } from './stream-model.ts';

/** A model file, as far as the provider looks at it. */
export type SourceModel = {
  readonly description: { readonly id: string; readonly name: string; readonly contextLength?: number };
  readonly path: string;
};

/** The part of the models service that says which model answers. */
export type ModelSource = {
  current(): Promise<SourceModel | null>;
  /** Throws `model/not-found`. */
  resolve(id: string): Promise<SourceModel>;
};

/** What the local provider is made of. */
export type LocalProviderOptions = {
  readonly engine: InferenceEngine;
  readonly models: ModelSource;
  readonly logger: Logger;
};

const localRoute: Route = { zone: 'local', reason: 'only-local-models' };

/** The window that a load without a wish gets, unless the model was trained for less. */
const usualContextTokens = 8_192;

const neverAborted = new AbortController().signal;

/**
 * The models of this machine. Every call works with the model that is current then, loading it where needed; calls at
 * the same time share one load, and a call for another model waits for those under way. Throws `model/none` when the
 * model folder has no chat model.
 */
export function createLocalProvider(options: LocalProviderOptions): ModelProvider {
  return createBoundProvider(options, new ModelGate(), null);
}

async function chooseModel({ models }: LocalProviderOptions, id: ModelId | null): Promise<SourceModel> {
  const current = (id === null ? null : await findModel(models, id)) ?? (await models.current());
  if (current === null) throw new AppError('model/none', 'The model folder has no chat model.');
  return current;
}

async function findModel(models: ModelSource, id: ModelId): Promise<SourceModel | null> {
  try {
    return await models.resolve(id);
  } catch (error) {
    if (AppError.from(error).code === 'model/not-found') return null;
    throw error;
  }
}

async function load(
  { engine, logger }: LocalProviderOptions,
  path: string,
  options: PrepareOptions,
): Promise<LoadedModel> {
  const signal = options.signal ?? neverAborted;
  const before = engine.loaded('chat');
  const loaded = await engine.load(
    { slot: 'chat', path },
    { signal, ...(options.onLoadProgress === undefined ? {} : { onProgress: options.onLoadProgress }) },
  );
  if (before?.path !== path) {
    logger.info('model-loaded', { contextTokens: loaded.contextTokens, isSafeMode: loaded.isSafeMode });
  }
  return loaded;
}

function createBoundProvider(parts: LocalProviderOptions, gate: ModelGate, modelId: ModelId | null): ModelProvider {
  const { engine } = parts;
  const chosen = () => chooseModel(parts, modelId);

  /** Runs `work` with the model loaded and nobody taking it away. */
  const withLoaded = async <Result>(
    options: PrepareOptions,
    work: (loaded: LoadedModel) => Promise<Result>,
  ): Promise<Result> => {
    const { description, path } = await chosen();
    options.onModel?.({ modelName: description.name, route: localRoute });
    return gate.run(path, options.signal ?? neverAborted, async () => work(await load(parts, path, options)));
  };

  return {
    withModel: (id) => createBoundProvider(parts, gate, id),
    async preview() {
      const { description, path } = await chosen();
      const loaded = engine.loaded('chat');
      if (loaded?.path === path) return { key: path, contextTokens: loaded.contextTokens, isLoaded: true };
      const contextTokens = Math.min(usualContextTokens, description.contextLength ?? usualContextTokens);
      return { key: path, contextTokens, isLoaded: false };
    },
    contextTokens: async (options = {}) => withLoaded(options, async ({ contextTokens }) => contextTokens),
    async *stream(request, signal) {
      const { description, path } = await chosen();
      const leave = await gate.enter(path, signal);
      try {
        await load(parts, path, { signal });
        const model = createLocalLanguageModel(engine, description.id);
        yield* streamModel({ model, modelName: description.name, route: localRoute }, request, signal);
      } finally {
        leave();
      }
    },
    countPromptTokens: (turns, signal) => withLoaded({ signal }, () => engine.countPromptTokens(turns, signal)),
    countTokens: (texts, signal) => withLoaded({ signal }, () => engine.countTokens('chat', texts, signal)),
  };
}
