import { localPath } from '../../app/door-options.ts';
import type { ModelList } from '../../shared/model.ts';
import { errorWords, formatBytes } from '../../shared/words.ts';
import { appErrorCodes, type AppErrorCode } from '../../shared/app-error.ts';
import type { Command } from '../command.ts';
import { followRun } from '../follow-run.ts';
import type { Terminal } from '../terminal.ts';

/** `sotto models list`: what is in the model folder, bad files with their reason. */
export const modelsListCommand: Command = {
  name: 'models list',
  usage: '',
  words: 'command.modelsList',
  options: {},
  positionals: [0, 0],
  examples: ['sotto models list', 'sotto models list --json'],
  run: async ({ terminal, openSession }) => {
    await using session = await openSession();
    const list = await session.client.models.list();
    printModels(list, terminal);
    return { json: list };
  },
};

/** `sotto models import`: checks a model file and copies it into the model folder. */
export const modelsImportCommand: Command = {
  name: 'models import',
  usage: 'FILE',
  words: 'command.modelsImport',
  options: {},
  positionals: [1, 1],
  examples: ['sotto models import ~/Downloads/small-chat.Q4_K_M.gguf'],
  run: async ({ positionals, terminal, signal, openSession }) => {
    await using session = await openSession();
    const { client } = session;
    const before = await client.models.list();
    const path = localPath(positionals[0] ?? '', process.cwd());
    const { ticket, name } = await client.files.ticketForPath({ path });
    const { runId } = await client.models.import({ ticket });
    const { reason } = await followRun(runId, { client, terminal, signal, showsText: false });
    const list = await client.models.list();
    if (reason === 'stopped') return { json: { ...list, isStopped: true }, exitCode: 1 };
    const known = new Set(before.models.map(({ id }) => id));
    const imported = list.models.find(({ id }) => !known.has(id));
    terminal.print(terminal.t('terminal:models.imported', { name: imported?.name ?? name }));
    return { json: { ...list, imported: imported?.id ?? null } };
  },
};

function printModels({ models, unusable, selectedId, folder }: ModelList, terminal: Terminal): void {
  const { t, language } = terminal;
  if (models.every(({ kind }) => kind !== 'chat')) terminal.print(t('terminal:models.none', { folder }));
  for (const { id, name, kind, fileName, sizeBytes, quantisation, contextLength } of models) {
    const mark = id === selectedId ? '*' : ' ';
    const figures = [kind, quantisation, formatBytes(sizeBytes, language), contextLength].filter(
      (figure) => figure !== null,
    );
    terminal.print(`${mark} ${id}  ${name}\n    ${fileName}  ${figures.join('  ')}`);
  }
  if (unusable.length > 0) terminal.print(`\n${t('terminal:models.unusable')}:`);
  for (const { fileName, code, message } of unusable) {
    terminal.print(
      `  ${fileName}\n    ${isCode(code) ? errorWords(terminal.words, { code, details: { name: fileName } }) : message}`,
    );
  }
  terminal.print(t('terminal:models.folder', { folder }));
}

const isCode = (code: string): code is AppErrorCode => appErrorCodes.some((known) => known === code);
