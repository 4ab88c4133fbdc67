import { AppError } from '../../shared/app-error.ts';
import { keyOwnerSchema } from '../../shared/key.ts';
import type { KeyOwner, KeyStatus } from '../../shared/key.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';

const owners = keyOwnerSchema.options.join('|');

function parseOwner(typed: string): KeyOwner {
  const owner = keyOwnerSchema.safeParse(typed);
  if (!owner.success) throw new WrongValueError('PROVIDER', typed, owners);
  return owner.data;
}

function printStatus(keys: readonly KeyStatus[], terminal: Terminal): void {
  for (const { owner, state } of keys) terminal.print(`${owner}  ${terminal.t(`terminal:keys.${state}`)}`);
}

/** `sotto keys status`: which keys there are, never the keys. */
export const keysStatusCommand: Command = {
  name: 'keys status',
  usage: '',
  words: 'command.keysStatus',
  options: {},
  positionals: [0, 0],
  examples: ['sotto keys status'],
  run: async ({ terminal, openSession }) => {
    await using session = await openSession();
    const keys = await session.client.keys.status();
    printStatus(keys, terminal);
    return { json: { keys } };
  },
};

/** `sotto keys set`: reads a key from standard input, or asks for it on the terminal; never from an argument. */
export const keysSetCommand: Command = {
  name: 'keys set',
  usage: 'PROVIDER',
  words: 'command.keysSet',
  options: {},
  positionals: [1, 1],
  examples: ['sotto keys set hub', 'sotto keys set hub < token.txt'],
  run: async ({ positionals, terminal, openSession }) => {
    const owner = parseOwner(positionals[0] ?? '');
    await using session = await openSession();
    const secret = await terminal.readSecret(terminal.t('terminal:keys.ask', { owner }));
    if (secret === null || secret.trim() === '') throw new AppError('app/invalid-input', 'No key was given.');
    const status = await session.client.keys.set({ owner, secret });
    printStatus([status], terminal);
    return { json: { keys: [status] } };
  },
};

/** `sotto keys remove`. */
export const keysRemoveCommand: Command = {
  name: 'keys remove',
  usage: 'PROVIDER',
  words: 'command.keysRemove',
  options: {},
  positionals: [1, 1],
  examples: ['sotto keys remove hub'],
  run: async ({ positionals, openSession, terminal }) => {
    const owner = parseOwner(positionals[0] ?? '');
    await using session = await openSession();
    const status = await session.client.keys.remove({ owner });
    printStatus([status], terminal);
    return { json: { keys: [status] } };
  },
};
