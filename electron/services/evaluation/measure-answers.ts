import type { Passage } from '../../shared/document.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { PlacedQuestion } from './evaluation-documents.ts';
import { touches } from './gold-spans.ts';
import type { HiddenPlaces } from './hidden-places.ts';
import { quantile } from './recall.ts';
import { rougeOf } from './rouge.ts';
import { areaUnderCurve, crossValidated, withholdingCurve } from './withholding.ts';
import type { Judged, ThresholdPoint } from './withholding.ts';

/** An answer as a person gets it. */
export type GivenAnswer = {
  readonly text: string;
  readonly isWithheld: boolean;
  /** Calibrated, 0 to 1; null where it was not measured. */
  readonly confidence: number | null;
  /** Cited passages, in the order in which the answer cites them. */
  readonly citations: readonly Passage[];
  readonly sentences: number;
  readonly supportedSentences: number;
  /** Until the evidence was there, and until the end. */
  readonly evidenceMs: number | null;
  readonly timeMs: number;
};

/** Asks a question of one document, in a conversation of its own. */
export type Ask = (id: DocumentId, question: string, signal: AbortSignal) => Promise<GivenAnswer>;

/** What became of one question. */
export type AskedQuestion = GivenAnswer & {
  readonly id: string;
  /** `made`: answerable, asked with its answer taken out of the index. */
  readonly kind: 'answerable' | 'unanswerable' | 'made';
  /** Null where nothing was cited, or nothing is right. */
  readonly isFirstCitationRight: boolean | null;
  readonly rougeL: number | null;
};

/** How well questions are answered and withheld. Shares are 0 to 1. */
export type AnswerFigures = {
  readonly firstCitationRight: number;
  readonly answerableAnswered: number;
  readonly unanswerableWithheld: number;
  readonly madeWithheld: number;
  readonly supportedSentences: number;
  readonly areaUnderCurve: number;
  readonly curve: readonly ThresholdPoint[];
  readonly crossValidated: Omit<ThresholdPoint, 'threshold'>;
  readonly medianEvidenceMs: number;
  readonly medianMs: number;
  readonly questions: readonly AskedQuestion[];
};

/** Answerable questions that a threshold may withhold, at most. */
export const mostAnswerableWithheld = 0.1;

/** What asking needs. */
export type MeasureAnswersOptions = {
  readonly ask: Ask;
  readonly hidden: HiddenPlaces;
  readonly onProgress: (done: number, total: number) => void;
};

type Turn = { readonly question: PlacedQuestion; readonly kind: AskedQuestion['kind'] };

function turnsOf(questions: readonly PlacedQuestion[]): readonly Turn[] {
  return questions.flatMap((question): readonly Turn[] => {
    if (question.gold.kind === 'none') return [{ question, kind: 'unanswerable' }];
    if (question.spans.length === 0) return [];
    return [
      { question, kind: 'answerable' },
      { question, kind: 'made' },
    ];
  });
}

async function askOne(
  { question, kind }: Turn,
  { ask, hidden }: MeasureAnswersOptions,
  signal: AbortSignal,
): Promise<AskedQuestion> {
  const { id, query, spans, indexed, answer } = question;
  if (kind === 'made') hidden.hide(indexed.id, spans);
  try {
    const given = await ask(indexed.id, query, signal);
    const [first] = given.citations;
    const isRight = first === undefined ? null : touches(first.place, spans);
    return {
      ...given,
      id: kind === 'made' ? `${id} without its answer` : id,
      kind,
      isFirstCitationRight: kind === 'answerable' ? isRight : null,
      rougeL: kind === 'answerable' && answer !== '' ? rougeOf(given.text, answer).rougeL : null,
    };
  } finally {
    hidden.show();
  }
}

const share = (asked: readonly AskedQuestion[], holds: (one: AskedQuestion) => boolean): number =>
  asked.filter(holds).length / Math.max(1, asked.length);

function figuresOf(asked: readonly AskedQuestion[]): AnswerFigures {
  const of = (kind: AskedQuestion['kind']): readonly AskedQuestion[] => asked.filter((one) => one.kind === kind);
  const answered = asked.filter(({ isWithheld }) => !isWithheld);
  const sentences = answered.reduce((sum, one) => sum + one.sentences, 0);
  const judged: readonly Judged[] = asked.flatMap(({ confidence, kind }) =>
    confidence === null ? [] : [{ confidence, isAnswerable: kind === 'answerable' }],
  );
  return {
    firstCitationRight: share(of('answerable'), ({ isFirstCitationRight }) => isFirstCitationRight === true),
    answerableAnswered: share(of('answerable'), ({ isWithheld }) => !isWithheld),
    unanswerableWithheld: share(of('unanswerable'), ({ isWithheld }) => isWithheld),
    madeWithheld: share(of('made'), ({ isWithheld }) => isWithheld),
    supportedSentences: answered.reduce((sum, one) => sum + one.supportedSentences, 0) / Math.max(1, sentences),
    areaUnderCurve: areaUnderCurve(judged),
    curve: withholdingCurve(judged),
    crossValidated: crossValidated(judged, { folds: 5, mostAnswerable: mostAnswerableWithheld }),
    medianEvidenceMs: quantile(
      asked.flatMap(({ evidenceMs }) => evidenceMs ?? []),
      0.5,
    ),
    medianMs: quantile(
      asked.map(({ timeMs }) => timeMs),
      0.5,
    ),
    questions: asked,
  };
}

/** Asks every question, the answerable ones once more with their answers hidden. */
export async function measureAnswers(
  questions: readonly PlacedQuestion[],
  options: MeasureAnswersOptions,
  signal: AbortSignal,
): Promise<AnswerFigures> {
  const turns = turnsOf(questions);
  const asked: AskedQuestion[] = [];
  for (const turn of turns) {
    signal.throwIfAborted();
    options.onProgress(asked.length, turns.length);
    asked.push(await askOne(turn, options, signal));
  }
  return figuresOf(asked);
}
