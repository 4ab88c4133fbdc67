import type { PromptSegment } from './prompt-segment.ts';

/** A message as the template sees it. */
export type FormatTurn = { readonly role: 'system' | 'user' | 'assistant'; readonly text: string };

/**
 * How a family of models writes a conversation down. A model whose own template shows the family's marks is served by
 * our own, reviewed form of it rather than by code from the file.
 */
export type ChatFormat = {
  readonly name: string;
  /** Written once at the start. */
  readonly prefix: string;
  /** Around a turn's text; null when the family has no such role, and its text goes before the next user turn. */
  readonly around: (role: FormatTurn['role']) => { readonly before: string; readonly after: string } | null;
  /** Generation ends at these, beside the tokens that the model file marks as ends. */
  readonly endMarks: readonly string[];
};

const chatMl: ChatFormat = {
  name: 'chatml',
  prefix: '',
  around: (role) => ({ before: `<|im_start|>${role}\n`, after: '<|im_end|>\n' }),
  endMarks: ['<|im_end|>'],
};

/** Qwen 3 answers without a chain of thought after an empty one; every answer of the history gets it too, so that its tokens stay the same. */
const chatMlWithoutThinking: ChatFormat = {
  ...chatMl,
  name: 'chatml-without-thinking',
  around: (role) => ({
    before: `<|im_start|>${role}\n${role === 'assistant' ? '<think>\n\n</think>\n\n' : ''}`,
    after: '<|im_end|>\n',
  }),
};

const llama3: ChatFormat = {
  name: 'llama-3',
  prefix: '<|begin_of_text|>',
  around: (role) => ({ before: `<|start_header_id|>${role}<|end_header_id|>\n\n`, after: '<|eot_id|>' }),
  endMarks: ['<|eot_id|>', '<|eom_id|>'],
};

const gemma: ChatFormat = {
  name: 'gemma',
  prefix: '<bos>',
  around: (role) =>
    role === 'system'
      ? null
      : { before: `<start_of_turn>${role === 'assistant' ? 'model' : role}\n`, after: '<end_of_turn>\n' },
  endMarks: ['<end_of_turn>'],
};

const phi3: ChatFormat = {
  name: 'phi-3',
  prefix: '',
  around: (role) => ({ before: `<|${role}|>\n`, after: '<|end|>\n' }),
  endMarks: ['<|end|>'],
};

const phi4Mini: ChatFormat = {
  ...phi3,
  name: 'phi-4-mini',
  around: (role) => ({ before: `<|${role}|>`, after: '<|end|>' }),
};

const phi4: ChatFormat = {
  name: 'phi-4',
  prefix: '',
  around: (role) => ({ before: `<|im_start|>${role}<|im_sep|>`, after: '<|im_end|>' }),
  endMarks: ['<|im_end|>'],
};

const mistral: ChatFormat = {
  name: 'mistral',
  prefix: '<s>',
  around: (role) => {
    if (role === 'system') return null;
    return role === 'user' ? { before: '[INST]', after: '[/INST]' } : { before: '', after: '</s>' };
  },
  endMarks: ['</s>'],
};

/** For a base model without a template: a transcript, which such models continue well. */
export const transcriptFormat: ChatFormat = {
  name: 'transcript',
  prefix: '',
  around: (role) => ({
    before: `${role === 'user' ? 'User' : role === 'system' ? 'Note' : 'Assistant'}: `,
    after: '\n',
  }),
  endMarks: [],
};

/** Marks of a template in the order of asking: the more special form of a family comes first. */
const known: readonly { readonly marks: readonly string[]; readonly format: ChatFormat }[] = [
  { marks: ['<|im_start|>', '<|im_sep|>'], format: phi4 },
  { marks: ['<|im_start|>', 'enable_thinking', '<think>'], format: chatMlWithoutThinking },
  { marks: ['<|im_start|>', '<|im_end|>'], format: chatMl },
  { marks: ['<|start_header_id|>', '<|eot_id|>'], format: llama3 },
  { marks: ['<start_of_turn>', '<end_of_turn>'], format: gemma },
  { marks: ['<|end|>', '<|user|>\\n'], format: phi3 },
  { marks: ['<|end|>', "<|user|>' + '\\n'"], format: phi3 },
  { marks: ['<|end|>', "'<|' + message['role'] + '|>'"], format: phi4Mini },
  { marks: ['[INST]', '[/INST]'], format: mistral },
];

/**
 * The format of a known family by the marks of its template; null for an unknown one. `isSingleToken` tells whether the
 * model's vocabulary has the text as one special token: a template that only talks about the marks is not the family's.
 */
export function knownChatFormat(template: string, isSingleToken: (text: string) => boolean): ChatFormat | null {
  const found = known.find(
    ({ marks, format }) => marks.every((mark) => template.includes(mark)) && specialMarks(format).every(isSingleToken),
  );
  return found?.format ?? null;
}

/** Special tokens that the format writes around a user's turn, its prefix included. */
function specialMarks(format: ChatFormat): readonly string[] {
  const around = format.around('user');
  const written = `${format.prefix}${around?.before ?? ''}${around?.after ?? ''}`;
  return written.match(/<\|?[a-z_]+\|?>|\[\/?INST\]/g) ?? [];
}

/**
 * Writes the turns down. When the last turn is the assistant's it stays open, and generation continues it; otherwise an
 * assistant's turn is opened. A system text goes before the next user turn where the family has no system role.
 */
export function formatTurns(format: ChatFormat, turns: readonly FormatTurn[]): readonly PromptSegment[] {
  const segments: PromptSegment[] = [{ kind: 'markup', text: format.prefix }];
  let homeless = '';
  for (const [index, turn] of turns.entries()) {
    const around = format.around(turn.role);
    if (around === null) {
      homeless = homeless === '' ? turn.text : `${homeless}\n\n${turn.text}`;
      continue;
    }
    const text = homeless === '' ? turn.text : `${homeless}\n\n${turn.text}`;
    homeless = '';
    const isOpen = turn.role === 'assistant' && index === turns.length - 1;
    segments.push({ kind: 'markup', text: around.before }, { kind: 'content', text, role: turn.role });
    if (!isOpen) segments.push({ kind: 'markup', text: around.after });
  }
  if (turns.at(-1)?.role !== 'assistant') {
    segments.push({ kind: 'markup', text: (format.around('assistant')?.before ?? '').replace(/ $/, '') });
  }
  return segments;
}
