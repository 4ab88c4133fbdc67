import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { drawPlot } from './draw-plot.ts';
import type { Plot } from './draw-plot.ts';
import type { EvaluationFigures } from './evaluate-folder.ts';
import { mostAnswerableWithheld } from './measure-answers.ts';
import type { AnswerFigures } from './measure-answers.ts';
import type { FindingFigures } from './measure-finding.ts';
import { quantile } from './recall.ts';
import type { SummaryFigures } from './measure-summaries.ts';

/** What the report says about itself. */
export type ReportHead = { readonly folder: string; readonly model: string | null; readonly date: Date };

/** A text in Markdown, and the pictures that it names. */
export type Report = { readonly markdown: string; readonly pictures: ReadonlyMap<string, string> };

const two = (value: number): string => value.toFixed(2);
const seconds = (ms: number): string => (ms / 1000).toFixed(2);
const table = (rows: readonly (readonly string[])[]): string => {
  const [head = [], ...rest] = rows;
  return [head, head.map(() => '---'), ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
};

function findingPart(finding: readonly FindingFigures[]): string {
  const rows = finding.map(({ mode, recall, coveredAt5, medianMs, p95Ms }) => [
    mode,
    two(recall.at1),
    two(recall.at5),
    two(recall.at10),
    two(coveredAt5),
    `${medianMs.toFixed(0)} ms`,
    `${p95Ms.toFixed(0)} ms`,
  ]);
  const head = ['search', 'recall@1', 'recall@5', 'recall@10', 'gold text in the first 5', 'median', 'p95'];
  const missed = finding
    .filter(({ mode }) => mode === 'hybrid')
    .flatMap(({ questions }) => questions.filter(({ rank }) => rank === null || rank >= 5).map(({ id }) => id));
  return [
    `## Finding\n\n${finding[0]?.questions.length ?? 0} questions whose answer stands in their document. A passage is right when it touches a gold page or turn.`,
    table([head, ...rows]),
    '![Recall](PICTURE-recall.svg)',
    missed.length === 0 ? '' : `Not among the first five of the hybrid search: ${missed.join(', ')}.`,
  ].join('\n\n');
}

function recallPlot(finding: readonly FindingFigures[]): Plot {
  const depths = Array.from({ length: 10 }, (_, index) => index + 1);
  return {
    title: 'Share of questions with a right passage among the first n',
    xName: 'n / 10',
    yName: 'recall',
    lines: finding.map(({ mode, questions }) => ({
      name: mode,
      points: depths.map(
        (depth) =>
          [
            depth / 10,
            questions.filter(({ rank }) => rank !== null && rank < depth).length / Math.max(1, questions.length),
          ] as const,
      ),
    })),
  };
}

function withholdingWords({ areaUnderCurve, crossValidated }: AnswerFigures): string {
  const { unanswerableWithheld, answerableWithheld } = crossValidated;
  return `Confidence tells answerable from unanswerable with an area under the curve of ${two(areaUnderCurve)} (0.50 is chance). With thresholds chosen on the other four fifths so that at most ${two(mostAnswerableWithheld)} of the answerable are withheld: ${two(unanswerableWithheld)} of the unanswerable and ${two(answerableWithheld)} of the answerable are withheld.\n\n![Withholding](PICTURE-withholding.svg)`;
}

function answersPart(answers: AnswerFigures): string {
  const count = (kind: string): string => `${answers.questions.filter((one) => one.kind === kind).length} questions`;
  const unmeasured = answers.questions.filter(({ confidence }) => confidence === null).length;
  return [
    '## Answers',
    table([
      ['what', 'share', 'of'],
      ['page or turns of the first citation right', two(answers.firstCitationRight), count('answerable')],
      ['answerable answered', two(answers.answerableAnswered), count('answerable')],
      ['unanswerable withheld', two(answers.unanswerableWithheld), count('unanswerable')],
      ['withheld with the answer taken out of the index', two(answers.madeWithheld), count('made')],
      ['sentences supported', two(answers.supportedSentences), 'sentences of given answers'],
    ]),
    answers.questions.length === unmeasured ? '' : withholdingWords(answers),
    unmeasured === 0 ? '' : `${unmeasured} answers came without a confidence and are not in the curve.`,
    `Median time: ${seconds(answers.medianEvidenceMs)} s to the evidence, ${seconds(answers.medianMs)} s to the end of the answer.`,
  ].join('\n\n');
}

function withholdingPlot({ curve }: AnswerFigures): Plot {
  return {
    title: 'Withheld, by threshold',
    xName: 'share of the answerable that is withheld',
    yName: 'share of the unanswerable that is withheld',
    lines: [
      {
        name: 'confidence',
        points: curve.map((point) => [point.answerableWithheld, point.unanswerableWithheld] as const),
      },
      { name: 'chance', isDashed: true, points: [[0, 0] as const, [1, 1] as const] },
    ],
  };
}

function summariesPart(summaries: readonly SummaryFigures[]): string {
  const mean = (of: (one: SummaryFigures) => number): number =>
    summaries.reduce((sum, one) => sum + of(one), 0) / Math.max(1, summaries.length);
  const median = quantile(
    summaries.map(({ timeMs }) => timeMs),
    0.5,
  );
  return [
    `## Summaries\n\n${summaries.length} summaries of whole documents against their gold answers (F1 over stems).`,
    table([
      ['ROUGE-1', 'ROUGE-2', 'ROUGE-L', 'median time'],
      [
        ...[mean(({ rouge1 }) => rouge1), mean(({ rouge2 }) => rouge2), mean(({ rougeL }) => rougeL)].map(two),
        `${seconds(median)} s`,
      ],
    ]),
  ].join('\n\n');
}

/** Makes the report. `name` is that of its file, without the ending: the pictures are called after it. */
export function makeReport(figures: EvaluationFigures, { folder, model, date }: ReportHead, name: string): Report {
  const { indexing, finding, answers, summaries } = figures;
  const perPage = indexing.elapsedMs / Math.max(1, indexing.pages);
  const parts = [
    `# Evaluation of ${basename(folder)}\n\n${date.toISOString().slice(0, 10)}, answers by ${model ?? 'no model'}.`,
    `## Reading\n\n${indexing.documents} documents, ${indexing.words} words, ${indexing.passages} passages in ${seconds(indexing.elapsedMs)} s: ${seconds(perPage)} s a page (300 words where there are no pages), ${(indexing.passages / Math.max(0.001, indexing.elapsedMs / 1000)).toFixed(1)} passages a second.`,
    ...(finding ? [findingPart(finding)] : []),
    ...(answers ? [answersPart(answers)] : []),
    ...(summaries ? [summariesPart(summaries)] : []),
  ];
  const pictures = new Map([
    ...(finding ? [[`${name}-recall.svg`, drawPlot(recallPlot(finding))] as const] : []),
    ...(answers ? [[`${name}-withholding.svg`, drawPlot(withholdingPlot(answers))] as const] : []),
  ]);
  const text = parts.join('\n\n').replaceAll(/\n{3,}/g, '\n\n');
  return { markdown: `${text.replaceAll('PICTURE', encodeURI(name))}\n`, pictures };
}

/** Writes the report to `path` and its pictures beside it, over what lay there. Throws file errors. */
export async function writeReport(figures: EvaluationFigures, head: ReportHead, path: string): Promise<void> {
  const folder = dirname(path);
  const { markdown, pictures } = makeReport(figures, head, basename(path).replace(/\.[^.]+$/, ''));
  await mkdir(folder, { recursive: true });
  await writeFile(path, markdown);
  for (const [name, picture] of pictures) await writeFile(join(folder, name), picture);
}
