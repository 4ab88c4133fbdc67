import type { AppClient } from '../../app/app-client.ts';
import { searchModes } from '../../shared/evaluation.ts';
import type { Command } from '../command.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError, wholeNumber } from '../wrong-value-error.ts';

type FoundPassage = Awaited<ReturnType<AppClient['documents']['search']>>[number];

/** `sotto search`: passages of a collection by words and by meaning. */
export const searchCommand: Command = {
  name: 'search',
  usage: '--collection NAME [--mode hybrid|lexical|dense] [--limit N] QUERY',
  words: 'command.search',
  options: {
    collection: { type: 'string', isRequired: true, placeholder: 'NAME', words: 'option.inCollection' },
    mode: { type: 'string', placeholder: 'MODE', words: 'option.mode' },
    limit: { type: 'string', placeholder: 'N', words: 'option.passages' },
  },
  positionals: [1, 1],
  examples: [
    'sotto search --collection Contracts "notice period"',
    'sotto search --collection Meetings --mode lexical --limit 5 --json "budget 2025"',
  ],
  run: async ({ options, positionals, terminal, signal, openSession }) => {
    const limit = wholeNumber('--limit', options.text('limit'), { least: 1, most: 100, otherwise: 10 });
    const mode = modeOf(options.text('mode'));
    await using session = await openSession();
    const { client } = session;
    const { id } = await client.library.find({ nameOrId: options.text('collection') ?? '' });
    const scope = { documentIds: [], collectionIds: [id] };
    const query = positionals[0] ?? '';
    const found = await client.documents.search({ query, scope, mode, limit }, { signal });
    if (found.length === 0) terminal.print(terminal.t('terminal:search.nothing'));
    for (const [index, one] of found.entries()) print(one, index + 1, terminal);
    return { json: { passages: found.map(toJson) } };
  },
};

function modeOf(typed: string | undefined): (typeof searchModes)[number] {
  const mode = searchModes.find((name) => name === (typed ?? 'hybrid'));
  if (mode === undefined) throw new WrongValueError('--mode', typed ?? '', searchModes.join(', '));
  return mode;
}

function toJson({ passage: { documentName, place, headings, text }, score, duplicates }: FoundPassage): object {
  return {
    document: documentName,
    page: place.page ?? null,
    lines: place.lines ?? null,
    text,
    score,
    headings,
    duplicates: duplicates.map((copy) => ({ document: copy.documentName, page: copy.place.page ?? null })),
  };
}

function print({ passage, score, duplicates }: FoundPassage, number: number, terminal: Terminal): void {
  const { t } = terminal;
  const { documentName, place, headings, text } = passage;
  const where = [
    ...(place.page === undefined ? [] : [t('terminal:ask.page', { page: place.page })]),
    ...(place.lines === undefined ? [] : [t('terminal:ask.lines', place.lines)]),
  ];
  terminal.print(`${number}. ${[documentName, ...where, ...headings.slice(-1)].join(', ')}  (${score.toFixed(2)})`);
  terminal.print(`   ${text.trim().replaceAll(/\s+/g, ' ')}`);
  if (duplicates.length > 0) terminal.print(`   ${t('terminal:search.copies', { count: duplicates.length })}`);
  terminal.print('');
}
