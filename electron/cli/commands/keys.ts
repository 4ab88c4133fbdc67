import type { AppClient } from '../../app/app-client.ts';
import { AppError } from '../../shared/app-error.ts';
import type { KeyOwner, KeyStatus } from '../../shared/key.ts';
import type { Remote } from '../../shared/remote.ts';
import type { Command, CommandResult } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';
import { findRemote } from './remotes/find-remote.ts';

const hub = 'hub';

/** Throws WrongValueError with the names that there are. */
function parseOwner(typed: string, remotes: readonly Remote[]): KeyOwner {
  if (typed.toLowerCase() === hub) return hub;
  const remote = findRemote(remotes, typed);
  if (remote === null)
    throw new WrongValueError('PROVIDER', typed, [hub, ...remotes.map(({ name }) => name)].join(', '));
  return remote.id;
}

/** As people call it: the name of a remote stands for its id. */
const providerOf = (owner: KeyOwner, remotes: readonly Remote[]): string =>
  remotes.find(({ id }) => id === owner)?.name ?? owner;

function report(statuses: readonly KeyStatus[], remotes: readonly Remote[], terminal: Terminal): CommandResult {
  const keys = statuses.map(({ owner, state }) => ({ provider: providerOf(owner, remotes), state, owner }));
  for (const { provider, state } of keys) terminal.print(`${provider}  ${terminal.t(`terminal:keys.${state}`)}`);
  return { json: { keys } };
}

async function findOwner(client: AppClient, typed: string) {
  const remotes = await client.remotes.list();
  return { remotes, owner: parseOwner(typed, remotes) };
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
    const remotes = await session.client.remotes.list();
    return report(await session.client.keys.status(), remotes, terminal);
  },
};

/** `sotto keys set`: reads a key from standard input, or asks for it on the terminal; never from an argument. */
export const keysSetCommand: Command = {
  name: 'keys set',
  usage: 'PROVIDER',
  words: 'command.keysSet',
  options: {},
  positionals: [1, 1],
  examples: ['sotto keys set hub', 'sotto keys set Mistral < key.txt'],
  run: async ({ positionals, terminal, openSession }) => {
    await using session = await openSession();
    const { owner, remotes } = await findOwner(session.client, positionals[0] ?? '');
    const question = terminal.t('terminal:keys.ask', { owner: providerOf(owner, remotes) });
    const secret = await terminal.readSecret(question);
    if (secret === null || secret.trim() === '') throw new AppError('app/invalid-input', 'No key was given.');
    return report([await session.client.keys.set({ owner, secret })], remotes, terminal);
  },
};

/** `sotto keys remove`. */
export const keysRemoveCommand: Command = {
  name: 'keys remove',
  usage: 'PROVIDER',
  words: 'command.keysRemove',
  options: {},
  positionals: [1, 1],
  examples: ['sotto keys remove hub', 'sotto keys remove Mistral'],
  run: async ({ positionals, openSession, terminal }) => {
    await using session = await openSession();
    const { owner, remotes } = await findOwner(session.client, positionals[0] ?? '');
    return report([await session.client.keys.remove({ owner })], remotes, terminal);
  },
};
