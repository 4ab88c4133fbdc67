import type { InferenceEngine } from '../../inference/engine.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import type { ModelId } from '../../shared/ids.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { PassageRepository } from '../../storage/storage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { ModelsService } from '../models/models-service.ts';
import type { SummariesService } from '../summaries/summaries-service.ts';

/** What answering from documents needs. */
export type AnswerQuestionOptions = {
  readonly documents: Pick<DocumentsService, 'search' | 'askedWords' | 'get' | 'content' | 'inScope'>;
  readonly passages: Pick<PassageRepository, 'ofDocument'>;
  readonly summaries: Pick<SummariesService, 'treeOf'>;
  /** The one over the model `modelId`. */
  readonly provider: ModelProvider;
  /** Null is the model of the settings. */
  readonly modelId: ModelId | null;
  /** The model is elsewhere: it gets the question and quoted passages, and never a file. */
  readonly isRemote: boolean;
  readonly engine: Pick<InferenceEngine, 'embed' | 'measure' | 'loaded'>;
  readonly models: Pick<ModelsService, 'current' | 'resolve'>;
  readonly logger: Logger;
  readonly resourcesFolder: string;
};

/** A question that is ready to be searched: `query` is it as completed from the conversation where it needs that. */
export type PreparedQuestion = {
  readonly question: string;
  readonly query: string;
  readonly scope: SearchScope;
};
