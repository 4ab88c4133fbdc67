import type { AppClient } from '../../app/app-client.ts';
import type { CitedPassage } from '../../shared/document.ts';
import { isEmptyScope } from '../../shared/search-scope.ts';
import { noUsage } from '../../shared/usage.ts';
import { placeChoiceSchema } from '../../shared/route.ts';
import type { PlaceChoice } from '../../shared/route.ts';
import { addDocument, whenIndexed } from '../add-document.ts';
import type { Command, CommandInput } from '../command.ts';
import { followRun, type RunOutcome } from '../follow-run.ts';
import { modelChange } from '../model-option.ts';
import { decideAtTerminal, priceOf } from '../decide-at-terminal.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';

/** `sotto ask`: a question to the model, or to documents. */
export const askCommand: Command = {
  name: 'ask',
  usage: '[--doc PATH]… [--collection NAME] [--model MODEL] [--where local|remote] QUESTION',
  words: 'command.ask',
  options: {
    doc: { type: 'string', multiple: true, placeholder: 'PATH', words: 'option.doc' },
    collection: { type: 'string', placeholder: 'NAME', words: 'option.collection' },
    model: { type: 'string', placeholder: 'MODEL', words: 'option.model' },
    where: { type: 'string', placeholder: 'PLACE', words: 'option.where' },
  },
  positionals: [1, 1],
  examples: [
    'sotto ask "What is the capital of France?"',
    'sotto ask --doc contract.txt --doc annex.md "How long is the notice period?"',
    'sotto ask --collection Contracts "List all deadlines"',
    'sotto ask --json --model ~/models/small.gguf "Name three rivers."',
    'sotto ask --where remote "Who was Hildegard of Bingen?"',
  ],
  run: async (input) => {
    const { options, positionals, terminal, signal } = input;
    const choice = readChoice(options.text('where'));
    await using session = await input.openSession(modelChange(options));
    const { client } = session;
    const runId = await startAnswer(client, { question: positionals[0] ?? '', choice }, input);
    const outcome = await followRun(runId, {
      client,
      terminal,
      signal,
      showsText: true,
      onPreview: async (id) => await decideAtTerminal(id, { client, terminal, signal }),
    });
    if (abstains(outcome) && outcome.text === '') terminal.write(terminal.t('notice.not-in-documents'));
    printSources(outcome, terminal);
    return { json: toJson(outcome, terminal), exitCode: outcome.reason === 'stopped' ? 1 : 0 };
  },
};

/** Throws WrongValueError. */
function readChoice(typed: string | undefined): PlaceChoice | null {
  if (typed === undefined) return null;
  const choice = placeChoiceSchema.safeParse(typed);
  if (!choice.success) throw new WrongValueError('--where', typed, placeChoiceSchema.options.join(', '));
  return choice.data;
}

async function startAnswer(
  client: AppClient,
  { question, choice }: { readonly question: string; readonly choice: PlaceChoice | null },
  { options, terminal, signal }: CommandInput,
) {
  const name = options.text('collection');
  // A name that does not exist is told before anything is read.
  const collectionIds = name === undefined ? [] : [(await client.library.find({ nameOrId: name }, { signal })).id];
  const documentIds = [];
  for (const path of options.list('doc')) {
    const document = await addDocument(path, { client, terminal, signal });
    documentIds.push((await whenIndexed(document, { client, terminal, signal })).id);
  }
  const scope = { documentIds, collectionIds };
  const wish = choice === null ? {} : { choice };
  const { runId } = isEmptyScope(scope)
    ? await client.chat.send({ text: question, ...wish }, { signal })
    : await client.answers.ask({ scope, question, ...wish }, { signal });
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
    ...sums(outcome),
    usage: outcome.usage ?? noUsage,
    notices: outcome.notices,
    noticed: outcome.noticed,
    unsupportedSentences: outcome.checks.filter(({ isSupported }) => !isSupported).length,
    isStopped: outcome.reason === 'stopped',
  };
}

/** What left for an answer, and what it cost; null where no price is known, and where nothing left. */
function sums({ sent }: RunOutcome) {
  const known = sent.flatMap(({ costMicroDollars }) => (costMicroDollars === null ? [] : [costMicroDollars]));
  return {
    costMicroDollars: known.length === 0 ? null : known.reduce((sum, cost) => sum + cost, 0),
    replaced: sent.reduce((sum, { replacedCount }) => sum + replacedCount, 0),
    savedTokens: sent.reduce((sum, { savedTokens }) => sum + savedTokens, 0),
    ledgerEntryIds: sent.flatMap(({ ledgerEntryIds }) => ledgerEntryIds),
  };
}

function printSent({ sent }: RunOutcome, terminal: Terminal): void {
  for (const { host, replacedCount: replaced, costMicroDollars } of sent) {
    const price = costMicroDollars === null ? null : priceOf(costMicroDollars, terminal);
    terminal.note(
      price === null
        ? terminal.t('terminal:ask.sentUnpriced', { host, replaced })
        : terminal.t('terminal:ask.sent', { host, replaced, price }),
    );
  }
}

function printSources(outcome: RunOutcome, terminal: Terminal): void {
  const { t } = terminal;
  terminal.print('');
  for (const notice of outcome.notices) if (notice !== 'not-in-documents') terminal.note(t(`notice.${notice}`));
  for (const kind of outcome.noticed) {
    terminal.note(t(`terminal:ask.noticed.${kind}`, { what: t('terminal:ask.noticedIn.answer') }));
  }
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
  printSent(outcome, terminal);
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
