import type { ExportReader } from '../../parsing/export-reader.ts';
import type { Clock } from '../../platform/clock.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { Conversation } from '../../shared/conversation.ts';
import type { ExportFormat, ImportReport } from '../../shared/transfer.ts';
import { createWords, spokenLanguage } from '../../shared/words.ts';
import type { Storage } from '../../storage/storage.ts';
import type { FilesService, TicketedFile } from '../files/files-service.ts';
import type { PresetsService } from '../presets/presets-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { chooseConversations, readConversations } from './export-conversations.ts';
import type { LabelReader } from './export-conversations.ts';
import { fileStem } from './export-writer.ts';
import type { ExportWords, ExportWriter } from './export-writer.ts';
import { createImport } from './import-conversations.ts';
import type { TransferService } from './transfer-service.ts';
import { createHtmlWriter } from './writers/html-writer.ts';
import { createJsonWriter } from './writers/json-writer.ts';
import { createMarkdownWriter } from './writers/markdown-writer.ts';

/** What the service is made of. */
export type TransferServiceOptions = {
  readonly storage: Pick<Storage, 'collections' | 'conversations' | 'folders' | 'messages' | 'documents'>;
  readonly privacy: LabelReader;
  readonly presets: Pick<PresetsService, 'list'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly files: Pick<FilesService, 'resolve' | 'release'>;
  readonly reader: ExportReader;
  readonly clock: Clock;
  /** BCP 47 tag of the operating system's language, for the setting `system`. */
  readonly systemLanguage: string;
};

async function gatherWords({ settings, systemLanguage }: TransferServiceOptions): Promise<ExportWords> {
  const language = spokenLanguage((await settings.get()).language, [systemLanguage]);
  const t = createWords(language).getFixedT(null, 'transfer');
  return {
    untitled: t('written.untitled'),
    allChats: t('written.allChats'),
    you: t('written.you'),
    assistant: t('written.assistant'),
    reasoning: t('written.reasoning'),
    sources: t('written.source'),
    attachments: t('written.attachment'),
    hidden: t('written.hidden'),
    language,
  };
}

function createWriter(format: ExportFormat, stem: string, words: ExportWords, now: number): ExportWriter {
  switch (format) {
    case 'json':
      return createJsonWriter(stem, now);
    case 'markdown':
      return createMarkdownWriter(words);
    case 'html':
      return createHtmlWriter(words, stem);
    default:
      return assertNever(format);
  }
}

/** One conversation gives the file its name; several are named after the day. */
function stemFor([first, second]: readonly Conversation[], isNamed: boolean, untitled: string, now: number): string {
  return isNamed && first !== undefined && second === undefined
    ? fileStem(first.title || untitled)
    : `sotto-${new Date(now).toISOString().slice(0, 10)}`;
}

/** Makes the service. */
export function createTransferService(options: TransferServiceOptions): TransferService {
  const { storage, files, clock } = options;
  // One after the other: two of the same file would each find that nothing of it is here.
  let imports: Promise<unknown> = Promise.resolve();
  return {
    async *export({ conversationIds, format }, signal) {
      const words = await gatherWords(options);
      const chosen = await chooseConversations(conversationIds, storage);
      const now = clock.now();
      const stem = stemFor(chosen, conversationIds !== null, words.untitled, now);
      const writer = createWriter(format, stem, words, now);
      for await (const piece of writer.write(readConversations(chosen, writer.branches, options, signal))) {
        if (signal.aborted) return;
        yield piece;
      }
    },
    import(ticket, signal) {
      const done = imports.then(async () => {
        const report = await importFile(files.resolve(ticket), signal, options);
        await files.release(ticket);
        return report;
      });
      imports = done.catch(() => undefined);
      return done;
    },
  };
}

async function importFile(
  file: TicketedFile,
  signal: AbortSignal,
  { storage, presets, reader, clock }: TransferServiceOptions,
): Promise<ImportReport> {
  const presetIds = new Set((await presets.list()).map(({ id }) => id));
  const taking = await createImport({ storage, presetIds, now: clock.now() });
  try {
    for await (const steps of reader.read(file, signal)) {
      for (const step of steps) {
        signal.throwIfAborted();
        await taking.take(step);
      }
    }
    return taking.report();
  } catch (error) {
    // Where the disk fails, taking back may fail too: what is told is what happened first.
    await taking.takeBack().catch(() => undefined);
    throw withName(error, file.name);
  }
}

/** The sentences about a file name it. */
function withName(error: unknown, name: string): unknown {
  if (!AppError.isInstance(error) || !error.code.startsWith('transfer/')) return error;
  return new AppError(error.code, error.message, { ...error.details, name }, { cause: error });
}
