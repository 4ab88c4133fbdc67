import type { AppClient } from '../../app/app-client.ts';
import type { CitedPassage } from '../../shared/document.ts';
import { isEmptyScope } from '../../shared/search-scope.ts';
import { noUsage } from '../../shared/usage.ts';
import { addDocument, whenIndexed } from '../add-document.ts';
import type { Command, CommandInput } from '../command.ts';
import { followRun, type RunOutcome } from '../follow-run.ts';
import { modelChange } from '../model-option.ts';
import type { Terminal } from '../terminal.ts';

/** `sotto ask`: a question to the model, or to documents. */
export const askCommand: Command = {
  name: 'ask',
  usage: '[--doc PATH]… [--collection NAME] [--model MODEL] QUESTION',
  words: 'command.ask',
  options: {
    doc: { type: 'string', multiple: true, placeholder: 'PATH', words: 'option.doc' },
    collection: { type: 'string', placeholder: 'NAME', words: 'option.collection' },
    model: { type: 'string', placeholder: 'MODEL', words: 'option.model' },
  },
  positionals: [1, 1],
  examples: [
    'sotto ask "What is the capital of France?"',
    'sotto ask --doc contract.txt --doc annex.md "How long is the notice period?"',
    'sotto ask --collection Contracts "List all deadlines"',
    'sotto ask --json --model ~/models/small.gguf "Name three rivers."',
  ],
  run: async (input) => {
    const { options, positionals, terminal, signal } = input;
    await using session = await input.openSession(modelChange(options));
    const { client } = session;
    const runId = await startAnswer(client, positionals[0] ?? '', input);
    const outcome = await followRun(runId, { client, terminal, signal, showsText: true });
    if (abstains(outcome) && outcome.text === '') terminal.write(terminal.t('notice.not-in-documents'));
    printSources(outcome, terminal);
    return { json: toJson(outcome, terminal), exitCode: outcome.reason === 'stopped' ? 1 : 0 };
  },
};

async function startAnswer(client: AppClient, question: string, { options, terminal, signal }: CommandInput) {
  const name = options.text('collection');
  // A name that does not exist is told before anything is read.
  const collectionIds = name === undefined ? [] : [(await client.library.find({ nameOrId: name }, { signal })).id];
  const documentIds = [];
  for (const path of options.list('doc')) {
    const document = await addDocument(path, { client, terminal, signal });
    documentIds.push((await whenIndexed(document, { client, terminal, signal })).id);
  }
  const scope = { documentIds, collectionIds };
  const { runId } = isEmptyScope(scope)
    ? await client.chat.send({ text: question }, { signal })
    : await client.answers.ask({ scope, question }, { signal });
  return runId;
}

/** The passages that the answer leans on: those that it marks, or that carry one of its sentences; all that were shown when it marks none. */
function citedPassages({ text, checks, passages }: RunOutcome): readonly CitedPassage[] {
  const marks = new Set([
    ...[...text.matchAll(/\[(\d+)\]/g)].map(([, mark]) => Number(mark)),
    ...checks.flatMap((check) => (check.isSupported ? check.marks : [])),
  ]);
  const cited = passages.filter(({ mark }) => marks.has(mark));
  return cited.length > 0 ? cited : passages;
}

const abstains = ({ notices }: RunOutcome): boolean => notices.includes('not-in-documents');

function toJson(outcome: RunOutcome, { t }: Terminal): object {
  return {
    answer: abstains(outcome) && outcome.text === '' ? t('notice.not-in-documents') : outcome.text.trim(),
    abstained: abstains(outcome),
    confidence: outcome.confidence,
    level: outcome.level,
    searchedAs: outcome.searchedAs,
    citations: abstains(outcome)
      ? []
      : citedPassages(outcome).map(({ mark, score, passage: { documentName, place, text } }) => ({
          mark,
          document: documentName,
          page: place.page ?? null,
          lines: place.lines ?? null,
          quote: text.trim(),
          score,
        })),
    model: outcome.modelName,
    route: outcome.route,
    usage: outcome.usage ?? noUsage,
    notices: outcome.notices,
    unsupportedSentences: outcome.checks.filter(({ isSupported }) => !isSupported).length,
    isStopped: outcome.reason === 'stopped',
  };
}

function printSources(outcome: RunOutcome, terminal: Terminal): void {
  const { t } = terminal;
  terminal.print('');
  for (const notice of outcome.notices) if (notice !== 'not-in-documents') terminal.note(t(`notice.${notice}`));
  const { level, searchedAs } = outcome;
  if (searchedAs !== null) terminal.note(t('terminal:ask.searchedAs', { question: searchedAs }));
  if (level !== null && !abstains(outcome)) terminal.note(t(`terminal:ask.grounds.${level}`));
  if (outcome.passages.length > 0 && !abstains(outcome)) {
    terminal.print(`\n${t('terminal:ask.sources')}:`);
    for (const { mark, passage } of citedPassages(outcome)) {
      const { page, lines } = passage.place;
      const where =
        page !== undefined
          ? t('terminal:ask.page', { page })
          : lines === undefined
            ? ''
            : t('terminal:ask.lines', lines);
      terminal.print(`[${mark}] ${passage.documentName}${where === '' ? '' : `, ${where}`}`);
      terminal.print(`    ${firstWords(passage.text)}`);
    }
    const unsupported = outcome.checks.filter(({ isSupported }) => !isSupported).length;
    if (unsupported > 0) terminal.note(t('terminal:ask.unsupported', { count: unsupported }));
  }
  const { modelName, usage } = outcome;
  if (modelName === null || usage === null || usage.outputTokens === 0) return;
  const rate = usage.tokensPerSecond === null ? '–' : usage.tokensPerSecond.toFixed(1);
  terminal.note(t('terminal:ask.usage', { model: modelName, tokens: usage.outputTokens, rate }));
}

/** Characters of a passage that fit two lines of a terminal. */
const quoteLimit = 150;

function firstWords(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length <= quoteLimit ? line : `${line.slice(0, line.lastIndexOf(' ', quoteLimit))} …`;
}
