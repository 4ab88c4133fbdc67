import type { LlamaGrammarEvaluationState, SequenceEvaluateOptions, Token } from 'node-llama-cpp';
import type { GenerateCommand } from '../protocol/engine-command.ts';

const defaultTopK = 40;
const defaultTopP = 0.95;
const defaultMinP = 0.05;
const defaultRepeatPenalty = 1.1;
/** Tokens of the answer that a repetition is measured against. */
const repeatWindowTokens = 64;

/** The library's options for an answer. `answer` is the growing list of its tokens, read anew before each token. */
export function evaluateOptions(
  sampling: GenerateCommand['sampling'],
  answer: readonly Token[],
  grammar: LlamaGrammarEvaluationState | null,
): SequenceEvaluateOptions {
  const repeatPenalty = sampling.repeatPenalty ?? defaultRepeatPenalty;
  return {
    temperature: sampling.temperature,
    topK: sampling.topK ?? defaultTopK,
    topP: sampling.topP ?? defaultTopP,
    minP: sampling.minP ?? defaultMinP,
    ...(sampling.seed === undefined ? {} : { seed: sampling.seed }),
    ...(repeatPenalty === 1
      ? {}
      : {
          repeatPenalty: {
            penalty: repeatPenalty,
            maxPunishTokens: repeatWindowTokens,
            punishTokens: () => answer.slice(-repeatWindowTokens),
          },
        }),
    ...(grammar === null ? {} : { grammarEvaluationState: grammar }),
  };
}
