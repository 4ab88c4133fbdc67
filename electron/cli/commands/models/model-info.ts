import { AppError } from '../../../shared/app-error.ts';
import type { ModelDetail, ModelOrigin } from '../../../shared/model-detail.ts';
import { assertNever } from '../../../shared/assert-never.ts';
import { formatBytes } from '../../../shared/words.ts';
import type { Command } from '../../command.ts';
import type { Terminal } from '../../terminal.ts';
import { needModel } from './find-model.ts';
import { fitLine } from './fit-words.ts';

/** `sotto models info`: everything about one model; with `--verify` after its whole file was read again. */
export const modelsInfoCommand: Command = {
  name: 'models info',
  usage: '[--verify] MODEL',
  words: 'command.modelsInfo',
  options: { verify: { type: 'boolean', words: 'option.verify' } },
  positionals: [1, 1],
  examples: ['sotto models info SmolLM2-135M-Instruct', 'sotto models info --verify --json sha256:0123456789abcdef'],
  run: async ({ options, positionals, terminal, signal, openSession }) => {
    await using session = await openSession();
    const { client } = session;
    const { id, name } = await needModel(client, positionals[0] ?? '');
    if (!options.has('verify')) {
      const detail = await client.models.detail({ id });
      printDetail(detail, terminal);
      return { json: detail };
    }
    terminal.progress(terminal.t('terminal:models.checking', { name }));
    const checked = await client.models.verify({ id }, { signal });
    if (!('description' in checked)) {
      terminal.note(terminal.t('terminal:models.quarantined', { name }));
      throw new AppError('model/malformed', 'The content is not what it was.', { name, reason: checked.reason });
    }
    printDetail(checked, terminal);
    terminal.note(terminal.t('terminal:models.verified'));
    return { json: checked };
  },
};

function printDetail(detail: ModelDetail, terminal: Terminal): void {
  const { t, words, language } = terminal;
  const { description, fit, adapters } = detail;
  const bytes = (count: number): string => formatBytes(count, language);
  const rows: readonly (readonly [string, string])[] = [
    [t('terminal:models.info.file'), description.fileName],
    [t('terminal:models.info.size'), bytes(description.sizeBytes)],
    [
      t('terminal:models.info.kind'),
      `${words.t(`models:kind.${description.kind}`)}, ${description.architecture}, ${description.quantisation ?? '?'}`,
    ],
    [t('terminal:models.info.licence'), description.licence ?? t('terminal:models.info.unknown')],
    [t('terminal:models.info.context'), t('terminal:models.info.tokens', { count: description.contextLength })],
    [t('terminal:models.info.sha256'), detail.sha256],
    [t('terminal:models.info.origin'), originWords(detail.origin, terminal)],
    [t('terminal:models.info.checked'), dateWords(detail.checkedAt, terminal)],
    [t('terminal:models.info.template'), templateWords(detail.template, terminal)],
    [t('terminal:models.info.fit'), fitLine(fit, terminal)],
    ...measurementRows(detail, terminal),
    [t('terminal:models.info.options'), optionWords(detail, terminal)],
    ...adapters.map((adapter) => [t('terminal:models.info.adapters'), adapter.name] as const),
    [t('terminal:models.info.states'), bytes(detail.savedStateBytes)],
  ];
  terminal.print(`${description.name}  ${description.id}`);
  const width = Math.max(...rows.map(([label]) => label.length)) + 2;
  for (const [label, value] of rows) terminal.print(`  ${label.padEnd(width)}${value}`);
}

function dateWords(at: number | null, { t, language }: Terminal): string {
  if (at === null) return t('terminal:models.info.never');
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

function originWords(origin: ModelOrigin | null, terminal: Terminal): string {
  const { t } = terminal;
  if (origin === null) return t('terminal:models.info.unknownOrigin');
  const date = dateWords(origin.at, terminal);
  switch (origin.from) {
    case 'hub': {
      const { repository, host, path } = origin;
      return t('terminal:models.info.fromHub', { repository, host, path, date });
    }
    case 'file':
      return t('terminal:models.info.fromFile', { name: origin.name, date });
    case 'link':
      return t('terminal:models.info.fromLink', { path: origin.path, date });
    default:
      return assertNever(origin);
  }
}

function templateWords(template: ModelDetail['template'], { t }: Terminal): string {
  if (template === null) return t('terminal:models.info.templateNone');
  const family = template.family ?? '';
  switch (template.state) {
    case 'known':
      return t('terminal:models.info.templateKnown', { family });
    case 'changed':
      return t('terminal:models.info.templateChanged', { family });
    case 'unfamiliar':
      return t('terminal:models.info.templateUnfamiliar');
    default:
      return assertNever(template.state);
  }
}

function measurementRows(
  { measurements }: ModelDetail,
  { t, language }: Terminal,
): readonly (readonly [string, string])[] {
  return measurements.map(({ backend, contextTokens, tokensPerSecond, memoryBytes }) => {
    const rate = t('terminal:models.rateMeasured', { rate: tokensPerSecond.toFixed(1) });
    const memory = memoryBytes === null ? [] : [formatBytes(memoryBytes, language)];
    return [t('terminal:models.info.measured'), [backend, String(contextTokens), rate, ...memory].join('  ')] as const;
  });
}

function optionWords({ options }: ModelDetail, { t }: Terminal): string {
  const { adapter, backend, ...values } = options;
  const chosen = Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
  const all = [
    ...(backend === 'auto' ? [] : [`backend=${backend}`]),
    ...chosen,
    ...(adapter === null ? [] : [`adapter=${adapter.id}×${adapter.scale}`]),
  ];
  return all.length === 0 ? t('terminal:models.info.automatic') : all.join('  ');
}
