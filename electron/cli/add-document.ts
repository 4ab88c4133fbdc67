import type { AppClient } from '../app/app-client.ts';
import { localPath } from '../app/door-options.ts';
import { AppError } from '../shared/app-error.ts';
import type { DocumentDescription } from '../shared/document.ts';
import type { Terminal } from './terminal.ts';

type Surroundings = { readonly client: AppClient; readonly terminal: Terminal; readonly signal: AbortSignal };

/** Hands a file that the user named to the app. Throws AppError `file/*`. */
export async function addDocument(
  typed: string,
  { client, terminal, signal }: Surroundings,
): Promise<DocumentDescription> {
  const path = localPath(typed, process.cwd());
  const file = await client.files.ticketForPath({ path });
  terminal.progress(terminal.t('terminal:progress.adding', { name: file.name }));
  return await client.documents.add({ ticket: file.ticket }, { signal });
}

/** A book is indexed within this; of anything longer the rest is found by its words alone, and the answer says so. */
const indexingPatienceMs = 120_000;

/** Waits until the document can be searched by meaning, or for two minutes. Throws the AppError of one that failed. */
export async function whenIndexed(
  document: DocumentDescription,
  { client, terminal, signal }: Surroundings,
): Promise<DocumentDescription> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(indexingPatienceMs)]);
  let latest = document;
  try {
    for await (const documents of await client.documents.watch(undefined, { signal: patience })) {
      latest = indexedSoFar(document, documents);
      if (latest.status === 'ready') return latest;
      const { passages, passagesIndexed, name } = latest;
      const percent = passages === 0 ? '' : `${Math.floor((100 * passagesIndexed) / passages)} %`;
      terminal.progress(terminal.t('terminal:progress.indexing', { name }), percent);
    }
  } catch (error) {
    if (!patience.aborted) throw error;
  }
  signal.throwIfAborted();
  if (!patience.aborted) throw new AppError('app/closing', 'The app ended before the document was indexed');
  return latest;
}

function indexedSoFar(document: DocumentDescription, all: readonly DocumentDescription[]): DocumentDescription {
  const now = all.find(({ id }) => id === document.id);
  if (now === undefined) throw new AppError('app/not-found', 'The document was removed', { kind: 'document' });
  if (now.status === 'failed') {
    throw AppError.fromData(now.error ?? new AppError('app/unexpected', 'Indexing failed').toData());
  }
  return now;
}
