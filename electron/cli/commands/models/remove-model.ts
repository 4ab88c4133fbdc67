import { modelIdSchema } from '../../../shared/ids.ts';
import type { Command } from '../../command.ts';
import { WrongValueError } from '../../wrong-value-error.ts';
import { needModel } from './find-model.ts';

/** `sotto models remove`: takes a model out of the list, and brings it back. */
export const modelsRemoveCommand: Command = {
  name: 'models remove',
  usage: '[--undo] MODEL',
  words: 'command.modelsRemove',
  options: { undo: { type: 'boolean', words: 'option.undo' } },
  positionals: [1, 1],
  examples: ['sotto models remove SmolLM2-135M-Instruct', 'sotto models remove --undo sha256:0123456789abcdef'],
  run: async ({ options, positionals, terminal, openSession }) => {
    const typed = positionals[0] ?? '';
    await using session = await openSession();
    const { client } = session;
    if (options.has('undo')) {
      const id = modelIdSchema.safeParse(typed);
      if (!id.success) throw new WrongValueError('--undo', typed, 'sha256:0123456789abcdef');
      const list = await client.models.restore({ id: id.data });
      const restored = list.models.find((model) => model.id === id.data) ?? null;
      terminal.print(terminal.t('terminal:models.restored', { name: restored?.name ?? typed }));
      return { json: { ...list, restored: id.data } };
    }
    // A link whose file went away has an id and no model behind it any more.
    const missing = (await client.models.list()).unusable.find(
      ({ id, fileName }) => id === typed || fileName === typed,
    );
    const { id, name, isLinked } =
      missing?.id === undefined
        ? await needModel(client, typed)
        : { id: missing.id, name: missing.fileName, isLinked: true };
    const list = await client.models.remove({ id });
    const key = isLinked ? 'unlinked' : 'removed';
    terminal.print(terminal.t(`terminal:models.${key}`, { name, id }));
    return { json: { ...list, removed: id } };
  },
};
