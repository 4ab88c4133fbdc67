import { toAppError, type AppClient } from '../../app/app-client.ts';
import { localPath } from '../../app/door-options.ts';
import { AppError } from '../../shared/app-error.ts';
import type { Collection, LibraryProgress } from '../../shared/library.ts';
import { errorWords } from '../../shared/words.ts';
import type { Command, CommandInput } from '../command.ts';
import type { Terminal } from '../terminal.ts';

type IndexedFiles = Awaited<ReturnType<AppClient['library']['whenSettled']>>;

/** `sotto index`: follows files and folders in a collection, and waits until they are searchable. */
export const indexCommand: Command = {
  name: 'index',
  usage: '--collection NAME PATH…',
  words: 'command.index',
  options: {
    collection: { type: 'string', isRequired: true, placeholder: 'NAME', words: 'option.intoCollection' },
  },
  positionals: [0, 1_000],
  examples: ['sotto index --collection Contracts ~/Documents/contracts', 'sotto index --collection Contracts'],
  run: async (input) => {
    const { options, positionals, terminal, signal } = input;
    const name = options.text('collection') ?? '';
    const startedAt = performance.now();
    await using session = await input.openSession();
    const { client } = session;
    const collection = await collectionFor(name, positionals.length > 0, client);
    for (const typed of positionals) await follow(localPath(typed, process.cwd()), collection, client);
    // Also what was followed before may have changed meanwhile.
    await client.library.rescan({ id: collection.id });
    const files = await settled(collection, client, terminal, signal);
    const elapsedMs = Math.round(performance.now() - startedAt);
    print(files, collection, input);
    const hasFailed = files.length > 0 && files.every(({ status }) => status === 'failed');
    return {
      json: { collection: collection.name, documents: files.map(toJson), elapsedMs },
      exitCode: hasFailed ? 1 : 0,
    };
  },
};

/** A collection that does not exist is made when there is something to put into it. */
async function collectionFor(name: string, mayCreate: boolean, client: AppClient): Promise<Collection> {
  try {
    return await client.library.find({ nameOrId: name });
  } catch (error) {
    if (toAppError(error).code !== 'library/no-collection' || !mayCreate) throw error;
    return await client.library.create({ name });
  }
}

/** Naming a path again is not an error: it is how a person asks to look once more. */
async function follow(path: string, { id }: Collection, client: AppClient): Promise<void> {
  try {
    await client.library.addPath({ id, path });
  } catch (error) {
    if (toAppError(error).code !== 'library/source-taken') throw error;
  }
}

async function settled(
  { id }: Collection,
  client: AppClient,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<IndexedFiles> {
  const watching = new AbortController();
  const telling = tellProgress(client, terminal, AbortSignal.any([signal, watching.signal]));
  try {
    return await client.library.whenSettled({ id }, { signal });
  } finally {
    watching.abort();
    await telling;
  }
}

async function tellProgress(client: AppClient, terminal: Terminal, signal: AbortSignal): Promise<void> {
  try {
    for await (const progress of await client.library.watchProgress(undefined, { signal })) {
      terminal.progress(terminal.t('terminal:progress.indexingFiles'), progressWords(progress));
    }
  } catch {
    // Nobody waits for the rest: the result has come, or says what went wrong.
  }
}

const progressWords = ({ filesDone, filesTotal, current }: LibraryProgress): string =>
  filesTotal === 0 ? '' : `${filesDone}/${filesTotal}${current === null ? '' : ` ${current}`}`;

function toJson({ location, status, pages, passages, error }: IndexedFiles[number]): object {
  return {
    path: location,
    status,
    pages,
    chunks: passages,
    error: error && { code: error.code, message: error.message, details: error.details },
  };
}

function print(files: IndexedFiles, { name }: Collection, { terminal }: CommandInput): void {
  const { t, words } = terminal;
  const ready = files.filter(({ status }) => status === 'ready' || status === 'indexing');
  terminal.print(t('terminal:index.done', { count: ready.length, name }));
  for (const { location, error, status } of files) {
    if (error !== null && status === 'failed')
      terminal.print(`${location}: ${errorWords(words, AppError.fromData(error))}`);
  }
  const skipped = files.filter(({ status }) => status === 'skipped').length;
  if (skipped > 0) terminal.print(t('terminal:index.skipped', { count: skipped }));
}
