import type { AppClient } from '../../../app/app-client.ts';
import { AppError } from '../../../shared/app-error.ts';
import type { CataloguedModel } from '../../../shared/catalogue.ts';
import { formatBytes } from '../../../shared/words.ts';
import type { Command, CommandInput, CommandResult } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { findModel } from './find-model.ts';
import { fitLine } from './fit-words.ts';
import { chooseHub, hubOptions, mayAskHub } from './model-consent.ts';

/** `sotto models fit`: what this machine can run, best first; or how one model would run. */
export const modelsFitCommand: Command = {
  name: 'models fit',
  usage: '[--probe] [--yes] [MODEL]',
  words: 'command.modelsFit',
  options: { probe: { type: 'boolean', words: 'option.probe' }, ...hubOptions },
  positionals: [0, 1],
  examples: ['sotto models fit', 'sotto models fit --probe', 'sotto models fit --yes publisher/small-chat-GGUF:Q4_K_M'],
  run: async (input) => {
    const { options, positionals, terminal, signal } = input;
    await using session = await input.openSession();
    const { client } = session;
    if (options.has('probe')) {
      terminal.progress(terminal.t('terminal:models.probing'));
      await client.machine.probe(undefined, { signal });
    }
    const wanted = positionals[0];
    if (wanted !== undefined) return await fitOne(wanted, client, input);
    const machine = await client.machine.report();
    const models = await client.catalogue.list();
    for (const model of models) printModel(model, terminal);
    if (machine.probe === null) terminal.note(terminal.t('terminal:models.notProbed'));
    return { json: { machine, models } };
  },
};

/** One that is here is told from its file; another is asked for at the hub. */
async function fitOne(wanted: string, client: AppClient, input: CommandInput): Promise<CommandResult> {
  const { terminal, signal } = input;
  const here = findModel(await client.models.list(), wanted);
  if (here !== null) {
    const { fit } = await client.models.detail({ id: here.id });
    terminal.print(`${here.name}  ${fitLine(fit, terminal)}`);
    return { json: { model: here, fit } };
  }
  const host = await chooseHub(client, input);
  const request = await client.catalogue.resolve({ wanted });
  if (!(await mayAskHub({ host, purposes: ['model-search', 'model-download'] }, client, input))) {
    terminal.note(terminal.t('terminal:models.notAllowed', { host }));
    throw new AppError('egress/offline', 'The hub may not be asked.', { host });
  }
  terminal.progress(terminal.t('terminal:models.asking', { host }));
  const fit = await client.catalogue.fit(request, { signal });
  terminal.print(`${wanted}  ${fitLine(fit, terminal)}`);
  return { json: { request, fit } };
}

function printModel({ entry, offers, recommended, bestQuantisation }: CataloguedModel, terminal: Terminal): void {
  const mark = recommended === null ? ' ' : '*';
  const reason = recommended === null ? '' : `  ${terminal.words.t(`models:catalogue.${recommended}`)}`;
  terminal.print(`${mark} ${entry.id}  ${entry.name}${reason}`);
  for (const { quantisation, sizeBytes, isSizeKnown, fit, installedId } of offers) {
    const best = quantisation === bestQuantisation ? '>' : ' ';
    const size = `${isSizeKnown ? '' : '~'}${formatBytes(sizeBytes, terminal.language)}`;
    const here = installedId === null ? '' : `  ${terminal.words.t('models:catalogue.isHere')}`;
    terminal.print(`  ${best} ${quantisation}  ${size}  ${fitLine(fit, terminal)}${here}`);
  }
}
