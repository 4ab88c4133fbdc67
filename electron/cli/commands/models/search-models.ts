import type { AppClient } from '../../../app/app-client.ts';
import type { CataloguedModel } from '../../../shared/catalogue.ts';
import { hubQuerySchema, type HubModel } from '../../../shared/hub.ts';
import { formatBytes } from '../../../shared/words.ts';
import type { Command, CommandInput } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { wholeNumber, WrongValueError } from '../../wrong-value-error.ts';
import { fitLine } from './fit-words.ts';
import { chooseHub, hubOptions, mayAskHub } from './model-consent.ts';

/** `sotto models search`: what Sotto knows that matches, and what the hub finds where it may be asked. */
export const modelsSearchCommand: Command = {
  name: 'models search',
  usage: '[--licence LICENCE] [--order ORDER] [--limit N] [--yes] QUERY',
  words: 'command.modelsSearch',
  options: {
    licence: { type: 'string', placeholder: 'LICENCE', words: 'option.licence' },
    order: { type: 'string', placeholder: 'ORDER', words: 'option.order' },
    limit: { type: 'string', placeholder: 'N', words: 'option.hits' },
    ...hubOptions,
  },
  positionals: [1, 20],
  examples: ['sotto models search qwen', 'sotto models search --licence apache-2.0 --yes small coder'],
  run: async (input) => {
    const { options, positionals, terminal } = input;
    const limit = wholeNumber('--limit', options.text('limit'), { least: 1, most: 100, otherwise: 20 });
    const order = hubQuerySchema.unwrap().shape.order.safeParse(options.text('order'));
    if (!order.success) throw new WrongValueError('--order', options.text('order') ?? '', 'downloads, likes, updated');
    const text = positionals.join(' ');
    const licence = options.text('licence') ?? null;
    await using session = await input.openSession();
    const { client } = session;
    const host = await chooseHub(client, input);
    const catalogue = (await client.catalogue.list()).filter((model) => matches(model, text, licence));
    printCatalogue(catalogue, terminal);
    const hub = await askHub({ text, licence, order: order.data }, { host, client, input });
    const shown = hub?.slice(0, limit) ?? null;
    if (shown === null) terminal.note(terminal.t('terminal:models.notAllowed', { host }));
    else printHub(shown, host, terminal);
    if (catalogue.length === 0 && shown?.length === 0) terminal.print(terminal.t('terminal:models.nothingFound'));
    return { json: { catalogue, hub: shown } };
  },
};

/** Null when it may not be asked. */
async function askHub(
  query: { readonly text: string; readonly licence: string | null; readonly order: 'downloads' | 'likes' | 'updated' },
  { host, client, input }: { readonly host: string; readonly client: AppClient; readonly input: CommandInput },
): Promise<readonly HubModel[] | null> {
  if (!(await mayAskHub({ host, purposes: ['model-search'] }, client, input))) return null;
  input.terminal.progress(input.terminal.t('terminal:models.asking', { host }));
  return await client.catalogue.search(query, { signal: input.signal });
}

function matches({ entry }: CataloguedModel, text: string, licence: string | null): boolean {
  const { id, name, family, repository, strengths, languages } = entry;
  const all = [id, name, family, repository, ...strengths, ...languages].join(' ').toLowerCase();
  const hasWords = text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
  return hasWords && (licence === null || entry.licence.id.toLowerCase() === licence.toLowerCase());
}

function printCatalogue(models: readonly CataloguedModel[], terminal: Terminal): void {
  if (models.length === 0) return;
  terminal.print(`${terminal.t('terminal:models.catalogue')}:`);
  for (const { entry, offers, bestQuantisation } of models) {
    const offer = offers.find(({ quantisation }) => quantisation === bestQuantisation) ?? offers[0];
    terminal.print(`  ${entry.id}  ${entry.name}  ${entry.licence.name}`);
    if (offer === undefined) continue;
    const size = formatBytes(offer.sizeBytes, terminal.language);
    terminal.print(`    ${offer.quantisation}  ${size}  ${fitLine(offer.fit, terminal)}`);
  }
}

function printHub(models: readonly HubModel[], host: string, terminal: Terminal): void {
  if (models.length === 0) return;
  const { t, language } = terminal;
  terminal.print(`${t('terminal:models.hub', { host })}:`);
  for (const { repository, downloads, licence, isGated } of models) {
    const count = new Intl.NumberFormat(language).format(downloads);
    const facts = [t('terminal:models.downloads', { formatted: count }), licence];
    const gated = isGated ? [t('terminal:models.gated')] : [];
    terminal.print(`  ${repository}\n    ${[...facts, ...gated].filter((fact) => fact !== null).join('  ')}`);
  }
}
