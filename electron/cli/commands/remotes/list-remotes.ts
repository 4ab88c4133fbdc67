import type { Remote } from '../../../shared/remote.ts';
import type { Command } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';

/** One line for a remote. */
export function remoteLine({ name, kind, zone, baseUrl, modelName }: Remote, terminal: Terminal): string {
  const model = modelName ?? terminal.t('terminal:remotes.noModel');
  return [name, terminal.t(`terminal:remotes.zone.${zone}`), kind, baseUrl, model].join('  ');
}

/** `sotto remotes list`: large models elsewhere that were set up. */
export const remotesListCommand: Command = {
  name: 'remotes list',
  usage: '',
  words: 'command.remotesList',
  options: {},
  positionals: [0, 0],
  examples: ['sotto remotes list'],
  run: async ({ terminal, openSession }) => {
    await using session = await openSession();
    const remotes = await session.client.remotes.list();
    if (remotes.length === 0) terminal.print(terminal.t('terminal:remotes.none'));
    for (const remote of remotes) terminal.print(remoteLine(remote, terminal));
    return { json: { remotes } };
  },
};
