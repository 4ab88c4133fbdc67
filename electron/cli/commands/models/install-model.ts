import { toAppError, type AppClient } from '../../../app/app-client.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { Download, DownloadRequest } from '../../../shared/download.ts';
import type { ModelFit } from '../../../shared/fit.ts';
import type { Command, CommandInput, CommandResult } from '../../command.ts';
import { fitLine } from './fit-words.ts';
import { followDownload } from './follow-download.ts';
import { chooseHub, hubOptions, mayAskHub } from './model-consent.ts';

/** `sotto models install`: downloads a model, or goes on with a download. */
export const modelsInstallCommand: Command = {
  name: 'models install',
  usage: '[--yes] [--force] [--hub ADDRESS] MODEL',
  words: 'command.modelsInstall',
  options: { ...hubOptions, force: { type: 'boolean', words: 'option.force' } },
  positionals: [1, 1],
  examples: [
    'sotto models install qwen3-1.7b',
    'sotto models install qwen3-1.7b:Q8_0',
    'sotto models install --yes publisher/small-chat-GGUF:Q4_K_M',
  ],
  run: async (input) => {
    const { terminal, positionals, signal } = input;
    const wanted = positionals[0] ?? '';
    await using session = await input.openSession();
    const { client } = session;
    const host = await chooseHub(client, input);
    const request = await client.catalogue.resolve({ wanted });
    if (!(await mayAskHub({ host, purposes: ['model-search', 'model-download'] }, client, input))) {
      const { isOffline } = await client.settings.get();
      const code = isOffline ? 'egress/offline' : 'egress/purpose-not-allowed';
      terminal.note(terminal.t('terminal:models.notAllowed', { host }));
      throw new AppError(code, 'The hub may not be asked.', { host });
    }
    terminal.progress(terminal.t('terminal:models.asking', { host }));
    const fit = await client.catalogue.fit(request, { signal });
    terminal.note(fitLine(fit, terminal));
    if (!input.options.has('force')) needFit(fit, wanted);
    return await download(request, fit, client, input);
  },
};

/** Throws what would stop the model from running. The disk is looked at when the download starts. */
function needFit({ status, memoryBytes, availableBytes }: ModelFit, wanted: string): void {
  if (status === 'too-large') {
    throw new AppError('model/not-enough-memory', 'The model does not fit into memory.', {
      neededBytes: memoryBytes,
      freeBytes: availableBytes,
    });
  }
  if (status === 'unsupported') throw new AppError('model/unsupported', 'The model cannot run.', { name: wanted });
}

async function download(
  request: DownloadRequest,
  fit: ModelFit,
  client: AppClient,
  { terminal, signal, positionals }: CommandInput,
): Promise<CommandResult> {
  let started: Download;
  try {
    started = await client.downloads.start(request, { signal });
  } catch (error) {
    const failure = toAppError(error, signal);
    if (failure.code !== 'download/already-installed') throw failure;
    const name = String(failure.details['name'] ?? request.repository);
    terminal.print(terminal.t('terminal:models.alreadyInstalled', { name }));
    return { json: { request, fit, download: null, model: null, isAlreadyInstalled: true } };
  }
  // The same model asked for again is the same download: it goes on where it stopped.
  if (started.state === 'paused' || started.state === 'failed') await client.downloads.resume({ id: started.id });
  const ended = await followDownload(started.id, { client, terminal, signal });
  if (ended.state !== 'done') {
    terminal.note(terminal.t('terminal:models.paused', { wanted: positionals[0] ?? '' }));
    return { json: { request, fit, download: ended, model: null, isStopped: true }, exitCode: 1 };
  }
  const { models } = await client.models.list();
  const model = models.find(({ id }) => id === ended.modelId) ?? null;
  terminal.print(terminal.t('terminal:models.installed', { name: model?.name ?? ended.name }));
  return { json: { request, fit, download: ended, model } };
}
