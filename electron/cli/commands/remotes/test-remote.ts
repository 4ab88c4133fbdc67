import { AppError } from '../../../shared/app-error.ts';
import { errorWords } from '../../../shared/words.ts';
import type { Command } from '../../command.ts';
import { needRemote } from './find-remote.ts';

/** `sotto remotes test`: whether address and key are right. Asks for the list of models, which costs nothing. */
export const remotesTestCommand: Command = {
  name: 'remotes test',
  usage: 'PROVIDER',
  words: 'command.remotesTest',
  options: {},
  positionals: [1, 1],
  examples: ['sotto remotes test Mistral'],
  run: async ({ terminal, positionals, signal, openSession }) => {
    await using session = await openSession();
    const remote = await needRemote(session.client, positionals[0] ?? '');
    const { name } = remote;
    const { host } = new URL(remote.baseUrl);
    terminal.progress(terminal.t('terminal:models.asking', { host }));
    const test = await session.client.remotes.test({ id: remote.id }, { signal });
    // The settings here, or the remote itself, say no: the catalogue has the reason and what to do.
    if (test.status === 'refused') throw new AppError(test.code, 'The test was refused.', { host });
    if (test.status === 'works') {
      terminal.print(terminal.t('terminal:remotes.test.works', { name, count: test.models }));
      if (test.movedTo === null) return { json: { remote, test } };
      terminal.print(terminal.t('terminal:remotes.test.moved', { address: test.movedTo }));
      return { json: { remote: await needRemote(session.client, remote.id), test } };
    }
    if (test.status === 'bad-certificate') {
      const details = { host, flaw: test.flaw };
      terminal.print(errorWords(terminal.words, { code: 'provider/bad-certificate', details }));
      return { json: { remote, test }, exitCode: 1 };
    }
    terminal.print(terminal.t(`terminal:remotes.test.${test.status}`, { name, host }));
    return { json: { remote, test }, exitCode: 1 };
  },
};

/** `sotto remotes models`: what can be chosen there, with context and price. */
export const remotesModelsCommand: Command = {
  name: 'remotes models',
  usage: 'PROVIDER',
  words: 'command.remotesModels',
  options: {},
  positionals: [1, 1],
  examples: ['sotto remotes models Mistral'],
  run: async ({ terminal, positionals, signal, openSession }) => {
    await using session = await openSession();
    const remote = await needRemote(session.client, positionals[0] ?? '');
    terminal.progress(terminal.t('terminal:models.asking', { host: new URL(remote.baseUrl).host }));
    const models = await session.client.remotes.models({ id: remote.id }, { signal });
    if (models.length === 0) terminal.print(terminal.t('terminal:models.nothingFound'));
    for (const { name, contextTokens, inputPrice, outputPrice } of models) {
      const context = contextTokens === null ? [] : [terminal.t('terminal:remotes.context', { tokens: contextTokens })];
      const price =
        inputPrice === null ? [] : [terminal.t('terminal:remotes.price', { input: inputPrice, output: outputPrice })];
      terminal.print([name, ...context, ...price].join('  '));
    }
    return { json: { models } };
  },
};
