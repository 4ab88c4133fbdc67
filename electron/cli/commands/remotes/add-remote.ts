import { remoteKindSchema } from '../../../shared/remote.ts';
import type { RemoteKind, RemoteText } from '../../../shared/remote.ts';
import type { Command, CommandInput, CommandValues } from '../../command.ts';
import { WrongValueError } from '../../wrong-value-error.ts';
import { remoteLine } from './list-remotes.ts';
import { failWithProblem } from './remote-problem.ts';

function kindOf(options: CommandValues): RemoteKind {
  const typed = options.text('kind');
  if (typed === undefined) return 'openai-compatible';
  const kind = remoteKindSchema.safeParse(typed);
  if (!kind.success) throw new WrongValueError('--kind', typed, remoteKindSchema.options.join(', '));
  return kind.data;
}

function remoteTextOf({ options, positionals }: CommandInput): RemoteText {
  return {
    kind: kindOf(options),
    zone: options.has('own-server') ? 'own-server' : 'cloud',
    name: positionals[0] ?? '',
    baseUrl: options.text('address') ?? '',
    modelName: options.text('model') ?? null,
    policyUrl: options.text('policy') ?? null,
  };
}

/** `sotto remotes add`: sets a large model elsewhere up. Its key comes through `sotto keys set`. */
export const remotesAddCommand: Command = {
  name: 'remotes add',
  usage: '[--kind KIND] [--own-server] [--address ADDRESS] [--model NAME] [--policy ADDRESS] PROVIDER',
  words: 'command.remotesAdd',
  options: {
    kind: { type: 'string', placeholder: 'KIND', words: 'option.kind' },
    'own-server': { type: 'boolean', words: 'option.ownServer' },
    address: { type: 'string', placeholder: 'ADDRESS', words: 'option.address' },
    model: { type: 'string', placeholder: 'NAME', words: 'option.remoteModel' },
    policy: { type: 'string', placeholder: 'ADDRESS', words: 'option.policy' },
  },
  positionals: [1, 1],
  examples: [
    'sotto remotes add --kind mistral Mistral',
    'sotto remotes add --own-server --address http://192.168.1.20:8080/v1 "Big machine"',
  ],
  run: async (input) => {
    const { terminal, signal, openSession } = input;
    const text = remoteTextOf(input);
    await using session = await openSession();
    try {
      const remote = await session.client.remotes.add(text);
      terminal.print(remoteLine(remote, terminal));
      terminal.note(terminal.t('terminal:remotes.keyNext', { name: remote.name }));
      return { json: { remote } };
    } catch (error) {
      return failWithProblem(error, terminal, signal);
    }
  },
};
