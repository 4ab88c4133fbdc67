import type { Clock } from '../../platform/clock.ts';
import type { DocumentDescription } from '../../shared/document.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';

/** A question waits this long for its documents to be indexed; then words alone find, and a notice says so. */
const indexingPatienceMs = 10_000;

/** Documents of a scope that are looked at. */
const scopeLimit = 1_000;

async function indexingOf(
  scope: SearchScope,
  { inScope }: Pick<DocumentsService, 'inScope'>,
): Promise<readonly DocumentDescription[]> {
  return (await inScope(scope, scopeLimit)).filter(({ status }) => status === 'indexing');
}

/** Waits a little, for all of them together, for documents that are still being indexed; says so when that was not enough. */
export async function awaitIndexing(
  answer: GrowingAnswer,
  scope: SearchScope,
  {
    documents,
    clock,
  }: { readonly documents: Pick<DocumentsService, 'inScope' | 'whenIndexed'>; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const waited = await indexingOf(scope, documents);
  if (waited.length === 0) return;
  const patience = new AbortController();
  const waiting = AbortSignal.any([signal, patience.signal]);
  void clock.delay(indexingPatienceMs, waiting).then(
    () => patience.abort(),
    () => undefined,
  );
  for (const { id, passages, passagesIndexed } of waited) {
    if (waiting.aborted) break;
    const progress = { phase: 'indexing', done: passagesIndexed, total: passages, remainingMs: null } as const;
    answer.write({ type: 'progress', ...progress });
    await documents.whenIndexed(id, waiting).catch(() => null);
  }
  patience.abort();
  signal.throwIfAborted();
  if ((await indexingOf(scope, documents)).length > 0) answer.addNotice('index-incomplete');
}
