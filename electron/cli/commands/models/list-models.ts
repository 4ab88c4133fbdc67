import { appErrorCodes, type AppErrorCode } from '../../../shared/app-error.ts';
import type { ForeignModel } from '../../../shared/model-detail.ts';
import type { ModelList } from '../../../shared/model.ts';
import { errorWords, formatBytes } from '../../../shared/words.ts';
import type { Command } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';

/** `sotto models list`: what is in the model folder and linked, bad files with their reason, and what other programs have. */
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
    const foreign = await session.client.models.foreign();
    printModels(list, terminal);
    printForeign(foreign, terminal);
    return { json: { ...list, foreign } };
  },
};

function printModels({ models, unusable, selectedId, byJob, folder }: ModelList, terminal: Terminal): void {
  const { t, words, language } = terminal;
  if (models.every(({ kind }) => kind !== 'chat')) terminal.print(t('terminal:models.none', { folder }));
  for (const { id, name, kind, fileName, sizeBytes, quantisation, contextLength, isLinked } of models) {
    const mark = id === selectedId ? '*' : ' ';
    const figures = [kind, quantisation, formatBytes(sizeBytes, language), contextLength].filter(
      (figure) => figure !== null,
    );
    const jobs = Object.entries(byJob).flatMap(([job, chosen]) => (chosen === id ? [job] : []));
    const linked = isLinked ? [words.t('models:state.linked')] : [];
    terminal.print(`${mark} ${id}  ${name}\n    ${fileName}  ${[...figures, ...linked, ...jobs].join('  ')}`);
  }
  if (unusable.length > 0) terminal.print(`\n${t('terminal:models.unusable')}:`);
  for (const { fileName, code, message, details } of unusable) {
    const reason = isCode(code)
      ? errorWords(terminal.words, { code, details: { ...details, name: fileName } })
      : message;
    terminal.print(`  ${fileName}\n    ${reason}`);
  }
  terminal.print(t('terminal:models.folder', { folder }));
}

function printForeign(models: readonly ForeignModel[], terminal: Terminal): void {
  const unused = models.filter(({ isLinked }) => !isLinked);
  if (unused.length === 0) return;
  terminal.print(`\n${terminal.t('terminal:models.foreign')}`);
  for (const { program, name, path, sizeBytes } of unused) {
    terminal.print(`  ${name}  ${program}  ${formatBytes(sizeBytes, terminal.language)}\n    ${path}`);
  }
}

const isCode = (code: string): code is AppErrorCode => appErrorCodes.some((known) => known === code);
