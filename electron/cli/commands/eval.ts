import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import type { App } from '../../app/app.ts';
import { localPath } from '../../app/door-options.ts';
import type { SearchMode } from '../../services/documents/documents-service.ts';
import { evaluateFolder, evaluationParts } from '../../services/evaluation/evaluate-folder.ts';
import type { EvaluationFigures, EvaluationPart } from '../../services/evaluation/evaluate-folder.ts';
import { createHiddenPlaces } from '../../services/evaluation/hidden-places.ts';
import { makeCalibration } from '../../services/evaluation/make-calibration.ts';
import { readEvaluation } from '../../services/evaluation/read-evaluation.ts';
import { writeReport } from '../../services/evaluation/write-report.ts';
import type { Command, CommandInput } from '../command.ts';
import { askForEvaluation, summarizeForEvaluation } from '../evaluation-answers.ts';
import { modelChange } from '../model-option.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';

const allModes = ['lexical', 'dense', 'hybrid'] as const;

/** `sotto eval`: how well the app finds, answers and summarises on documents with known answers. */
export const evalCommand: Command = {
  name: 'eval',
  usage: '[--parts PARTS] [--modes MODES] [--report FILE] [--calibrate FILE] [--model MODEL] FOLDER',
  words: 'command.eval',
  options: {
    parts: { type: 'string', placeholder: 'PARTS', words: 'option.parts' },
    modes: { type: 'string', placeholder: 'MODES', words: 'option.modes' },
    report: { type: 'string', placeholder: 'FILE', words: 'option.report' },
    calibrate: { type: 'string', placeholder: 'FILE', words: 'option.calibrate' },
    model: { type: 'string', placeholder: 'MODEL', words: 'option.model' },
  },
  positionals: [1, 1],
  examples: ['sotto eval ~/questions --parts finding', 'sotto eval ~/questions --report report.md --json'],
  run: async (input) => {
    const { options, positionals, terminal } = input;
    const folder = localPath(positionals[0] ?? '', process.cwd());
    const modes = chosen('--modes', options.text('modes'), allModes);
    const parts = chosen('--parts', options.text('parts'), evaluationParts);
    const evaluation = await readEvaluation(folder);
    const hidden = createHiddenPlaces();
    await using session = await input.openSession({
      ...modelChange(options),
      isAlone: true,
      storageView: (storage) => hidden.view(storage),
    });
    const { app, client } = session;
    if (app === null) throw new Error('A session of its own runs in this process');
    const figures = await evaluateFolder(
      evaluation,
      {
        documents: app.services.documents,
        ask: askForEvaluation({ client, terminal }),
        summarize: summarizeForEvaluation({ client, terminal }),
        ...{ hidden, modes, parts },
        onProgress: (part, done, total) => terminal.progress(terminal.t(`terminal:eval.${part}`), `${done}/${total}`),
      },
      input.signal,
    );
    await write(figures, folder, app, input);
    printFigures(figures, terminal);
    return { json: { folder: basename(folder), ...figures } };
  },
};

/** Names separated by commas; all of them where nothing was typed. */
function chosen<Name extends SearchMode | EvaluationPart>(
  option: string,
  typed: string | undefined,
  names: readonly Name[],
): readonly Name[] {
  if (typed === undefined) return names;
  const wanted = typed.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw new WrongValueError(option, unknown, names.join(', '));
  return names.filter((name) => wanted.includes(name));
}

async function write(figures: EvaluationFigures, folder: string, app: App, { options, terminal }: CommandInput) {
  const { model } = await app.services.status.current();
  const head = { folder: basename(folder), model: model?.name ?? null, date: new Date() };
  const report = options.text('report');
  if (report !== undefined) {
    await writeReport(figures, head, resolve(report));
    terminal.note(terminal.t('terminal:eval.report', { path: report }));
  }
  const target = options.text('calibrate');
  const calibration = figures.answers && makeCalibration(figures.answers, head);
  if (target === undefined || calibration === null) return;
  await mkdir(dirname(resolve(target)), { recursive: true });
  await writeFile(resolve(target), `${JSON.stringify(calibration, null, 2)}\n`);
}

function printFigures({ indexing, finding, answers, summaries }: EvaluationFigures, terminal: Terminal): void {
  const { t } = terminal;
  const share = (value: number): string => value.toFixed(2);
  const { documents, passages, elapsedMs, pages } = indexing;
  const perPage = (elapsedMs / 1000 / Math.max(1, pages)).toFixed(2);
  terminal.print(t('terminal:eval.indexed', { documents, passages, perPage }));
  for (const { mode, recall, questions, medianMs, p95Ms } of finding ?? []) {
    const values = [recall.at1, recall.at5, recall.at10].map(share).join(' / ');
    terminal.print(t('terminal:eval.recall', { mode, values, count: questions.length }));
    terminal.print(`  ${t('terminal:eval.time', { median: medianMs.toFixed(0), p95: p95Ms.toFixed(0) })}`);
  }
  if (answers !== null) {
    const { firstCitationRight, answerableAnswered, unanswerableWithheld, madeWithheld, supportedSentences } = answers;
    terminal.print(
      t('terminal:eval.answered', {
        cited: share(firstCitationRight),
        answered: share(answerableAnswered),
        withheld: share(unanswerableWithheld),
        made: share(madeWithheld),
        supported: share(supportedSentences),
        area: share(answers.areaUnderCurve),
      }),
    );
  }
  for (const { id, rouge1, rouge2, rougeL } of summaries ?? []) {
    terminal.print(`${id}: ROUGE ${[rouge1, rouge2, rougeL].map(share).join(' / ')}`);
  }
}
