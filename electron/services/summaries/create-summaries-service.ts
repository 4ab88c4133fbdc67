import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ModelProvider } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import { createId, summaryIdSchema } from '../../shared/ids.ts';
import type { RunId, SummaryId } from '../../shared/ids.ts';
import type { Summary, SummaryRequest } from '../../shared/summary.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { RunEnd, RunsService, RunWriter } from '../runs/runs-service.ts';
import { DocumentSummariser } from './summarise-document.ts';
import type { SummariseOptions } from './summarise-document.ts';
import type { SummariesService } from './summaries-service.ts';

/** What the service is made of. */
export type SummariesServiceOptions = {
  readonly storage: Pick<Storage, 'summaries'>;
  readonly runs: RunsService;
  readonly documents: Pick<DocumentsService, 'get' | 'content'>;
  readonly provider: ModelProvider;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Folder of what ships with the app; the prompts are in it. */
  readonly resourcesFolder: string;
};

function emptySummary(
  id: SummaryId,
  document: DocumentDescription,
  { style, length, focus }: SummaryRequest,
  runId: RunId,
  now: number,
): Summary {
  return {
    id,
    documentId: document.id,
    documentName: document.name,
    style,
    length,
    focus,
    status: 'running',
    runId,
    summary: '',
    statements: [],
    sections: [],
    coverage: { sections: 0, sectionsRead: 0, characters: document.characters, charactersRead: 0 },
    modelName: null,
    usage: null,
    error: null,
    createdAt: now,
  };
}

/** Writes one summary, and stores how it ended. */
async function perform(
  { id, document, style }: Pick<Summary, 'id' | 'style'> & { readonly document: DocumentDescription },
  writer: RunWriter,
  signal: AbortSignal,
  options: SummariesServiceOptions,
): Promise<RunEnd> {
  const keep: SummariseOptions['keep'] = (change) => options.storage.summaries.update(id, change);
  const summariser = new DocumentSummariser(document, style, { ...options, writer, keep }, signal);
  try {
    await summariser.run();
    await keep({ status: 'complete', runId: null });
    return { reason: 'complete', usage: summariser.usage };
  } catch (thrown) {
    if (signal.aborted) {
      await keep({ status: 'stopped', runId: null });
      return { reason: 'stopped', usage: summariser.usage };
    }
    await keep({ status: 'failed', runId: null, error: AppError.from(thrown).toData() });
    throw thrown;
  }
}

/** Makes the service. */
export function createSummariesService(options: SummariesServiceOptions): SummariesService {
  const { storage, runs, documents, clock } = options;

  const get = async (id: SummaryId): Promise<Summary> => {
    const found = await storage.summaries.get(id);
    if (!found) throw new AppError('app/not-found', 'There is no such summary.', { kind: 'summary' });
    return found;
  };

  return {
    list: () => storage.summaries.list(),
    get,
    async start({ documentId, request }) {
      const document = await documents.get(documentId);
      const summaryId = createId(summaryIdSchema);
      const stored = Promise.withResolvers<void>();
      const runId = runs.start(async (writer, signal) => {
        try {
          await storage.summaries.insert(emptySummary(summaryId, document, request, writer.runId, clock.now()));
          stored.resolve();
        } catch (error) {
          stored.reject(AppError.from(error));
          throw error;
        }
        return perform({ id: summaryId, document, style: request.style }, writer, signal, options);
      });
      await stored.promise;
      return { summaryId, runId };
    },
    async remove(id) {
      const { runId } = await get(id);
      if (runId !== null) {
        runs.stop(runId);
        await runs.finished(runId);
      }
      await storage.summaries.remove(id);
    },
    async restore(id) {
      await storage.summaries.restore(id);
      return get(id);
    },
  };
}
