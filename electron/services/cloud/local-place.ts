import type { ModelProvider } from '../../providers/model-provider.ts';
import type { Route } from '../../shared/route.ts';
import type { AnswerPlaces, Place } from './cloud-service.ts';

/** This machine as it always was. */
export const asItIs: Place = { isRemote: false, provider: (local) => local };

/** Answers everything on this machine and asks nobody. */
export const localPlaces: AnswerPlaces = {
  here: asItIs,
  placed: (_question, work) => work(asItIs),
  continued: (_question, _from, work) => work(asItIs),
};

/** A model of this machine that says why it answers here. */
export function withRoute(local: ModelProvider, route: Route): ModelProvider {
  return {
    withModel: (id) => withRoute(local.withModel(id), route),
    forJob: (job) => withRoute(local.forJob(job), route),
    preview: () => local.preview(),
    contextTokens: (options = {}) => {
      const { onModel } = options;
      if (onModel === undefined) return local.contextTokens(options);
      return local.contextTokens({ ...options, onModel: ({ modelName }) => onModel({ modelName, route }) });
    },
    async *stream(request, signal) {
      for await (const part of local.stream(request, signal)) {
        yield part.type === 'model-start' ? { ...part, route } : part;
      }
    },
    countPromptTokens: (turns, signal) => local.countPromptTokens(turns, signal),
    countTokens: (texts, signal) => local.countTokens(texts, signal),
  };
}
