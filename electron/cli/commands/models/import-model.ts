import { toAppError, type AppClient } from '../../../app/app-client.ts';
import { localPath } from '../../../app/door-options.ts';
import type { ModelList } from '../../../shared/model.ts';
import type { Command, CommandInput, CommandResult } from '../../command.ts';
import { followRun } from '../../follow-run.ts';

/** `sotto models import`: checks a model file and copies it into the model folder, or uses it where it lies. */
export const modelsImportCommand: Command = {
  name: 'models import',
  usage: '[--link] FILE',
  words: 'command.modelsImport',
  options: { link: { type: 'boolean', words: 'option.link' } },
  positionals: [1, 1],
  examples: [
    'sotto models import ~/Downloads/small-chat.Q4_K_M.gguf',
    'sotto models import --link /media/models/large-chat.Q8_0.gguf',
  ],
  run: async (input) => {
    await using session = await input.openSession();
    const { client } = session;
    const path = localPath(input.positionals[0] ?? '', process.cwd());
    const before = await client.models.list();
    return input.options.has('link')
      ? await link(path, before, client, input)
      : await copy(path, before, client, input);
  },
};

/** The model that the list has now and had not before. */
function added(before: ModelList, after: ModelList) {
  const known = new Set(before.models.map(({ id }) => id));
  return after.models.find(({ id }) => !known.has(id)) ?? null;
}

async function copy(
  path: string,
  before: ModelList,
  client: AppClient,
  { terminal, signal }: CommandInput,
): Promise<CommandResult> {
  const { ticket, name } = await client.files.ticketForPath({ path });
  const started = await client.models.import({ ticket }).catch((error: unknown) => {
    const failure = toAppError(error, signal);
    if (failure.code === 'model/unsupported' && failure.details['reason'] === 'type-adapter') return null;
    throw failure;
  });
  if (started === null) {
    const adapter = await client.models.importAdapter({ ticket });
    terminal.print(terminal.t('terminal:models.adapterImported', adapter));
    return { json: { ...before, adapter } };
  }
  const { runId } = started;
  const { reason } = await followRun(runId, { client, terminal, signal, showsText: false });
  const list = await client.models.list();
  if (reason === 'stopped') return { json: { ...list, isStopped: true }, exitCode: 1 };
  const imported = added(before, list);
  terminal.print(terminal.t('terminal:models.imported', { name: imported?.name ?? name }));
  return { json: { ...list, imported: imported?.id ?? null } };
}

/** A file of another program keeps the name that it has there. */
async function link(
  path: string,
  before: ModelList,
  client: AppClient,
  { terminal }: CommandInput,
): Promise<CommandResult> {
  const foreign = (await client.models.foreign()).find((one) => one.path === path);
  const { ticket, name } = await client.files.ticketForPath({ path });
  const list =
    foreign === undefined ? await client.models.link({ ticket }) : await client.models.linkForeign({ id: foreign.id });
  const linked = added(before, list);
  terminal.print(terminal.t('terminal:models.linked', { name: linked?.name ?? name }));
  return { json: { ...list, linked: linked?.id ?? null } };
}
