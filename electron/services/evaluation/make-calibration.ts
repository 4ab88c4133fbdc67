import type { AnswerFigures } from './measure-answers.ts';
import { mostAnswerableWithheld } from './measure-answers.ts';
import type { ReportHead } from './write-report.ts';
import { bestThreshold } from './withholding.ts';

/** The threshold that these answers ask for, with what it comes from; null where no confidence was measured. */
export function makeCalibration(answers: AnswerFigures, { folder, model, date }: ReportHead) {
  const judged = answers.questions.flatMap(({ confidence, kind }) =>
    confidence === null ? [] : [{ confidence, isAnswerable: kind === 'answerable' }],
  );
  if (judged.length === 0) return null;
  const count = (kind: string): number => answers.questions.filter((one) => one.kind === kind).length;
  return {
    from: {
      folder,
      model,
      date: date.toISOString(),
      questions: { answerable: count('answerable'), unanswerable: count('unanswerable'), made: count('made') },
      rule: `most of the unanswerable withheld while at most ${mostAnswerableWithheld} of the answerable are`,
      areaUnderCurve: answers.areaUnderCurve,
      crossValidated: { folds: 5, ...answers.crossValidated },
      curve: answers.curve,
    },
    threshold: bestThreshold(judged, mostAnswerableWithheld),
  };
}
