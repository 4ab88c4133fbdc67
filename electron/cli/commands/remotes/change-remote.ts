import type { Remote, RemoteText } from '../../../shared/remote.ts';
import type { Command, CommandValues } from '../../command.ts';
import { needRemote } from './find-remote.ts';
import { remoteLine } from './list-remotes.ts';
import { failWithProblem } from './remote-problem.ts';

/** The remote with what was named; an empty model or policy is none. */
function changedText({ kind, zone, name, baseUrl, modelName, policyUrl }: Remote, options: CommandValues): RemoteText {
  return {
    kind,
    zone,
    name: options.text('name') ?? name,
    baseUrl: options.text('address') ?? baseUrl,
    modelName: options.has('model') ? options.text('model') || null : modelName,
    policyUrl: options.has('policy') ? options.text('policy') || null : policyUrl,
  };
}

/** `sotto remotes change`: another name, address, model or policy of a large model elsewhere; its key stays with its host. */
export const remotesChangeCommand: Command = {
  name: 'remotes change',
  usage: '[--name NAME] [--address ADDRESS] [--model NAME] [--policy ADDRESS] PROVIDER',
  words: 'command.remotesChange',
  options: {
    name: { type: 'string', placeholder: 'NAME', words: 'option.remoteName' },
    address: { type: 'string', placeholder: 'ADDRESS', words: 'option.address' },
    model: { type: 'string', placeholder: 'NAME', words: 'option.remoteModel' },
    policy: { type: 'string', placeholder: 'ADDRESS', words: 'option.policy' },
  },
  positionals: [1, 1],
  examples: ['sotto remotes change --model mistral-large-latest Mistral'],
  run: async ({ terminal, signal, options, positionals, openSession }) => {
    await using session = await openSession();
    const { client } = session;
    const before = await needRemote(client, positionals[0] ?? '');
    try {
      const remote = await client.remotes.update({ id: before.id, text: changedText(before, options) });
      terminal.print(remoteLine(remote, terminal));
      const isElsewhere = new URL(remote.baseUrl).origin !== new URL(before.baseUrl).origin;
      if (isElsewhere) terminal.note(terminal.t('terminal:remotes.keyGone', { name: remote.name }));
      return { json: { remote } };
    } catch (error) {
      return failWithProblem(error, terminal, signal);
    }
  },
};
