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

/** Waits until every passage of the document can be found by its meaning. Throws the AppError of one that failed. */
export async function whenIndexed(
  document: DocumentDescription,
  { client, terminal, signal }: Surroundings,
): Promise<DocumentDescription> {
  for await (const documents of await client.documents.watch(undefined, { signal })) {
    const now = documents.find(({ id }) => id === document.id);
    if (now === undefined) throw new AppError('app/not-found', 'The document was removed', { kind: 'document' });
    if (now.status === 'failed')
      throw AppError.fromData(now.error ?? new AppError('app/unexpected', 'Indexing failed').toData());
    if (now.status === 'ready') return now;
    const percent = now.passages === 0 ? '' : `${Math.floor((100 * now.passagesIndexed) / now.passages)} %`;
    terminal.progress(terminal.t('terminal:progress.indexing', { name: now.name }), percent);
  }
  signal.throwIfAborted();
  throw new AppError('app/closing', 'The app ended before the document was indexed');
}
