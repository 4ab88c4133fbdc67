import { basename, resolve } from 'node:path';
import { localPath } from '../../app/door-options.ts';
import { openEvaluation, type OpenedEvaluation } from '../../app/open-evaluation.ts';
import type { App } from '../../app/app.ts';
import { evaluationParts, searchModes } from '../../shared/evaluation.ts';
import type { Command, CommandInput } from '../command.ts';
import { modelChange } from '../model-option.ts';
import type { Terminal } from '../terminal.ts';
import { WrongValueError } from '../wrong-value-error.ts';

type Figures = Awaited<ReturnType<OpenedEvaluation['run']>>;

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
    const modes = chosen('--modes', options.text('modes'), searchModes);
    const parts = chosen('--parts', options.text('parts'), evaluationParts);
    const evaluation = await openEvaluation(folder);
    const { storageView } = evaluation;
    await using session = await input.openSession({ ...modelChange(options), isAlone: true, storageView });
    const { app, client } = session;
    if (app === null) throw new Error('A session of its own runs in this process');
    const onProgress = (part: 'reading' | (typeof evaluationParts)[number], done: number, total: number): void =>
      terminal.progress(terminal.t(`terminal:eval.${part}`), `${done}/${total}`);
    const figures = await evaluation.run(app, client, { modes, parts, onProgress }, input.signal);
    printFigures(figures, terminal);
    await write(figures, evaluation, app, input);
    return { json: { folder: basename(folder), ...figures } };
  },
};

/** Names separated by commas; all of them where nothing was typed. */
function chosen<Name extends string>(
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

async function write(figures: Figures, evaluation: OpenedEvaluation, app: App, { options, terminal }: CommandInput) {
  const [report, calibration] = [options.text('report'), options.text('calibrate')];
  if (report !== undefined) {
    await evaluation.report(figures, app, resolve(report));
    terminal.note(terminal.t('terminal:eval.report', { path: report }));
  }
  if (calibration === undefined) return;
  const isWritten = await evaluation.calibrate(figures, app, resolve(calibration));
  const key = isWritten ? 'terminal:eval.calibrated' : 'terminal:eval.notCalibrated';
  terminal.note(terminal.t(key, { path: calibration }));
}

function printFigures({ indexing, finding, answers, summaries }: Figures, terminal: Terminal): void {
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
