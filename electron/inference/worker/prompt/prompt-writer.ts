import type { LlamaModel, Token } from 'node-llama-cpp';
import { AppError } from '../../../shared/app-error.ts';
import { endsInThinking, thinksInText } from '../reasoning-splitter.ts';
import type { ChatFormat, FormatTurn } from './chat-format.ts';
import { formatTurns, knownChatFormat, transcriptFormat } from './chat-format.ts';
import type { PromptSegment } from './prompt-segment.ts';
import { joinMarkup } from './prompt-segment.ts';
import type { TemplateRenderer } from './render-template.ts';
import { createTemplateRenderer } from './render-template.ts';
import { UtteranceTokens } from './utterance-tokens.ts';

/** Turns message lists into tokens for one model. */
export type PromptWriter = {
  /** Name of our format, `template` for one from the file. */
  readonly formatName: string;
  /** Tokens of the prompt. Throws `prompt/empty` for no turns, `template/*` when the file's template does not work. */
  write(turns: readonly FormatTurn[]): Token[];
  /** Whether the model thinks in its text, and whether the prompt for these turns has begun that for it. */
  thinking(turns: readonly FormatTurn[]): { readonly isExpected: boolean; readonly isOpen: boolean };
  /** Remembers the tokens of an answer that the model gave, for the next prompt that has it in its history. */
  remember(text: string, tokens: readonly Token[]): void;
  /** What was remembered. */
  remembered(): readonly (readonly [text: string, tokens: readonly Token[]])[];
  /** True for a token that ends an answer in this format, beside those that the model file marks. */
  isEnd(token: Token): boolean;
  /** Strings that end an answer in this format. */
  readonly stopStrings: readonly string[];
};

/** Chooses the format for a model by its template and vocabulary. */
export async function createPromptWriter(model: LlamaModel): Promise<PromptWriter> {
  const template = model.fileInfo.metadata.tokenizer.chat_template;
  const format = chooseFormat(model, template);
  const render = format === null ? await rendererOf(model, template ?? '') : null;
  const answers = new UtteranceTokens();
  const endTokens = new Set((format?.endMarks ?? []).flatMap((mark) => singleToken(model, mark) ?? []));
  const bos = model.tokens.shouldPrependBosToken ? model.tokens.bos : null;
  const segmentsOf = (turns: readonly FormatTurn[]): readonly PromptSegment[] =>
    format !== null ? formatTurns(format, turns) : (render?.(turns) ?? []);
  const isExpected = thinksInText(template);

  return {
    formatName: format?.name ?? 'template',
    thinking: (turns) => {
      const last = isExpected ? segmentsOf(turns).at(-1) : undefined;
      return { isExpected, isOpen: last?.kind === 'markup' && endsInThinking(last.text) };
    },
    write: (turns) => {
      if (turns.length === 0) throw new AppError('prompt/empty', 'a prompt needs at least one turn');
      const segments = segmentsOf(turns);
      const tokens = joinMarkup(segments).flatMap((segment) => tokensOf(model, segment, answers));
      if (bos !== null && tokens[0] !== bos) tokens.unshift(bos);
      return tokens;
    },
    remember: (text, tokens) => answers.remember(text, tokens),
    remembered: () => answers.all(),
    isEnd: (token) => endTokens.has(token),
    stopStrings: format === transcriptFormat ? ['\nUser:', '\nNote:'] : [],
  };
}

function chooseFormat(model: LlamaModel, template: string | undefined): ChatFormat | null {
  const isSingleToken = (text: string): boolean => singleToken(model, text) !== null;
  if (template !== undefined) return knownChatFormat(template, isSingleToken);
  return knownChatFormat('<|im_start|><|im_end|>', isSingleToken) ?? transcriptFormat;
}

async function rendererOf(model: LlamaModel, template: string): Promise<TemplateRenderer> {
  return createTemplateRenderer(template, {
    bosText: model.tokens.bosString ?? '',
    eosText: model.tokens.eosString ?? '',
  });
}

function singleToken(model: LlamaModel, text: string): Token | null {
  const tokens = model.tokenize(text, true);
  const [only] = tokens;
  return only !== undefined && tokens.length === 1 && model.isSpecialToken(only) ? only : null;
}

function tokensOf(model: LlamaModel, segment: PromptSegment, answers: UtteranceTokens): readonly Token[] {
  if (segment.kind === 'markup') return model.tokenize(segment.text, true, 'trimLeadingSpace');
  const chosen = segment.role === 'assistant' ? answers.recall(segment.text) : undefined;
  return chosen ?? model.tokenize(segment.text, false, 'trimLeadingSpace');
}
