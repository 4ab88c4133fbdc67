import type { Command } from '../../command.ts';
import { needRemote } from './find-remote.ts';

/** `sotto remotes remove`: forgets a large model elsewhere, its key first. */
export const remotesRemoveCommand: Command = {
  name: 'remotes remove',
  usage: 'PROVIDER',
  words: 'command.remotesRemove',
  options: {},
  positionals: [1, 1],
  examples: ['sotto remotes remove Mistral'],
  run: async ({ terminal, positionals, openSession }) => {
    await using session = await openSession();
    const { id, name } = await needRemote(session.client, positionals[0] ?? '');
    await session.client.remotes.remove({ id });
    terminal.print(terminal.t('terminal:remotes.removed', { name }));
    return { json: { removed: id, remotes: await session.client.remotes.list() } };
  },
};
