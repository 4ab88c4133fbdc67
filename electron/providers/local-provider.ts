import type { InferenceEngine, LoadedModel, LoadRequest, SavedStateFile } from '../inference/engine.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';
import type { ModelId } from '../shared/ids.ts';
import { modelIdSchema } from '../shared/ids.ts';
import type { ModelJob } from '../shared/model.ts';
import type { Route } from '../shared/route.ts';
import type { Usage } from '../shared/usage.ts';
import { createLocalLanguageModel } from './local-language-model.ts';
import { ModelGate } from './model-gate.ts';
import type { ModelProvider, ModelRequest, PrepareOptions } from './model-provider.ts';
import { streamModel } from './stream-model.ts';

/** A model file, as far as the provider looks at it. */
export type SourceModel = {
  readonly description: { readonly id: string; readonly name: string; readonly contextLength?: number };
  readonly path: string;
};

/** The part of the models service that says which model answers. */
export type ModelSource = {
  current(job?: ModelJob): Promise<SourceModel | null>;
  /** Throws `model/not-found`. */
  resolve(id: string): Promise<SourceModel>;
  /** What a model is loaded with; nothing of its own when left out. */
  loadOptions?(id: ModelId): Promise<Omit<LoadRequest, 'slot' | 'path'>>;
};

/** What the local provider is made of. */
export type LocalProviderOptions = {
  readonly engine: InferenceEngine;
  readonly models: ModelSource;
  readonly logger: Logger;
  /** What was kept of conversations; nothing when left out. */
  readonly savedStates?: SavedConversations;
};

/** The part of the saved states service that answering needs. */
export type SavedConversations = {
  find(conversationKey: string, modelId: ModelId): Promise<SavedStateFile | null>;
  noteAnswer(conversationKey: string, modelId: ModelId, tokens: number): void;
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
  return createBoundProvider(options, new ModelGate(), { modelId: null, job: 'chat' });
}

/** Which model a provider is over. */
type Bond = { readonly modelId: ModelId | null; readonly job: ModelJob };

/** A model and how it is to be loaded: two that differ in either cannot be in use at the same time. */
type ChosenModel = { readonly model: SourceModel; readonly request: LoadRequest; readonly gateKey: string };

async function chooseModel({ models }: LocalProviderOptions, { modelId, job }: Bond): Promise<SourceModel> {
  const current = (modelId === null ? null : await findModel(models, modelId)) ?? (await models.current(job));
  if (current === null) throw new AppError('model/none', 'The model folder has no chat model.');
  return current;
}

async function chooseLoad(parts: LocalProviderOptions, bond: Bond): Promise<ChosenModel> {
  const model = await chooseModel(parts, bond);
  const options = await parts.models.loadOptions?.(modelIdSchema.parse(model.description.id));
  const request: LoadRequest = { ...options, slot: 'chat', path: model.path };
  return { model, request, gateKey: JSON.stringify(request) };
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
  request: LoadRequest,
  options: PrepareOptions,
): Promise<LoadedModel> {
  const signal = options.signal ?? neverAborted;
  const before = engine.loaded('chat');
  const loaded = await engine.load(request, {
    signal,
    ...(options.onLoadProgress === undefined ? {} : { onProgress: options.onLoadProgress }),
  });
  if (before?.path !== request.path) {
    const { contextTokens, isSafeMode, backend, graphicsLayers, graphicsProblem } = loaded;
    logger.info('model-loaded', { contextTokens, isSafeMode, backend, graphicsLayers, graphicsProblem });
  }
  return loaded;
}

/** The engine, told where the state of the conversation lies that is asked now. */
async function rememberingEngine(
  { engine, savedStates, logger }: LocalProviderOptions,
  { conversationKey }: ModelRequest,
  id: string,
): Promise<Pick<InferenceEngine, 'generate'>> {
  try {
    const savedState = (await savedStates?.find(conversationKey, modelIdSchema.parse(id))) ?? null;
    if (savedState === null) return engine;
    return { generate: (request, signal) => engine.generate({ ...request, savedState }, signal) };
  } catch (error) {
    // Without it the conversation is read again, which takes longer and is no failure.
    logger.warn('saved-state-not-found', { code: AppError.from(error).code });
    return engine;
  }
}

function noteAnswer({ savedStates }: LocalProviderOptions, request: ModelRequest, id: string, usage: Usage): void {
  savedStates?.noteAnswer(request.conversationKey, modelIdSchema.parse(id), usage.inputTokens + usage.outputTokens);
}

function createBoundProvider(parts: LocalProviderOptions, gate: ModelGate, bond: Bond): ModelProvider {
  const { engine } = parts;

  /** Runs `work` with the model loaded and nobody taking it away. */
  const withLoaded = async <Result>(
    options: PrepareOptions,
    work: (loaded: LoadedModel) => Promise<Result>,
  ): Promise<Result> => {
    const { model, request, gateKey } = await chooseLoad(parts, bond);
    options.onModel?.({ modelName: model.description.name, route: localRoute });
    return gate.run(gateKey, options.signal ?? neverAborted, async () => work(await load(parts, request, options)));
  };

  return {
    withModel: (id) => createBoundProvider(parts, gate, { ...bond, modelId: id }),
    forJob: (job) => createBoundProvider(parts, gate, { ...bond, job }),
    async preview() {
      const { description, path } = await chooseModel(parts, bond);
      const loaded = engine.loaded('chat');
      if (loaded?.path === path) return { key: path, contextTokens: loaded.contextTokens, isLoaded: true };
      const contextTokens = Math.min(usualContextTokens, description.contextLength ?? usualContextTokens);
      return { key: path, contextTokens, isLoaded: false };
    },
    contextTokens: async (options = {}) => withLoaded(options, async ({ contextTokens }) => contextTokens),
    async *stream(request, signal) {
      const { model, request: loadRequest, gateKey } = await chooseLoad(parts, bond);
      const { id, name } = model.description;
      const leave = await gate.enter(gateKey, signal);
      try {
        await load(parts, loadRequest, { signal });
        const answering = createLocalLanguageModel(await rememberingEngine(parts, request, id), id);
        for await (const part of streamModel(
          { model: answering, modelName: name, route: localRoute },
          request,
          signal,
        )) {
          if (part.type === 'model-end') noteAnswer(parts, request, id, part.usage);
          yield part;
        }
      } finally {
        leave();
      }
    },
    countPromptTokens: (turns, signal) => withLoaded({ signal }, () => engine.countPromptTokens(turns, signal)),
    countTokens: (texts, signal) => withLoaded({ signal }, () => engine.countTokens('chat', texts, signal)),
  };
}
