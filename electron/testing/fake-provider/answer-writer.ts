import { assertNever } from '../../shared/assert-never.ts';
import type { RemoteKind } from '../../shared/remote.ts';

/** How an answer ends. */
export type FakeEnd = 'complete' | 'length' | 'refused' | 'continuation';

/** Tokens as a server counts them. */
export type FakeUsage = { readonly inputTokens: number; readonly outputTokens: number; readonly reusedTokens: number };

/** Writes one streamed answer in the words of a vendor: each method returns server-sent events. */
export interface AnswerWriter {
  begin(usage: FakeUsage | null): string;
  text(text: string): string;
  reasoning(text: string): string;
  /** A call of a tool that nobody offered. */
  toolCall(name: string): string;
  /** An error after the answer began. */
  error(message: string): string;
  end(reason: FakeEnd, usage: FakeUsage | null): string;
}

const event = (data: unknown, name?: string): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

const chatEnds: Readonly<Record<FakeEnd, string>> = {
  complete: 'stop',
  length: 'length',
  refused: 'content_filter',
  continuation: 'length',
};

const chatUsage = ({ inputTokens, outputTokens, reusedTokens }: FakeUsage) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
  prompt_tokens_details: { cached_tokens: reusedTokens },
});

function createChatWriter(kind: 'openai' | 'mistral' | 'openai-compatible', model: string): AnswerWriter {
  const chunk = (delta: object, finish: string | null = null, more: object = {}) =>
    event({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1_790_000_000,
      model,
      choices: [{ index: 0, delta, finish_reason: finish }],
      ...more,
    });
  return {
    begin: () => chunk({ role: 'assistant', content: '' }),
    text: (content) => chunk({ content }),
    reasoning(text) {
      // OpenAI shows no thoughts on this interface.
      if (kind === 'openai') return '';
      if (kind === 'openai-compatible') return chunk({ reasoning_content: text });
      return chunk({ content: [{ type: 'thinking', thinking: [{ type: 'text', text }] }] });
    },
    toolCall: (name) =>
      chunk({
        tool_calls: [{ index: 0, id: 'call_12345', type: 'function', function: { name, arguments: '{"all":1}' } }],
      }),
    error: (message) =>
      kind === 'mistral'
        ? event({ object: 'error', message, type: 'service_unavailable', param: null, code: '3505' })
        : event({ error: { message, type: 'server_error', param: null, code: 'server_error' } }),
    end(reason, usage) {
      const finish = chatEnds[reason];
      const done = 'data: [DONE]\n\n';
      // Mistral counts in the last chunk of the answer, the others in one of its own without a choice.
      if (kind === 'mistral') return chunk({ content: '' }, finish, usage ? { usage: chatUsage(usage) } : {}) + done;
      const counted = usage ? event({ id: 'chatcmpl-1', model, choices: [], usage: chatUsage(usage) }) : '';
      return chunk({}, finish) + counted + done;
    },
  };
}

const messageEnds: Readonly<Record<FakeEnd, string>> = {
  complete: 'end_turn',
  length: 'max_tokens',
  refused: 'refusal',
  continuation: 'max_tokens',
};

function createMessageWriter(model: string): AnswerWriter {
  let index = -1;
  let open: string | null = null;
  const close = (): string => {
    const stop = open === null ? '' : event({ type: 'content_block_stop', index }, 'content_block_stop');
    open = null;
    return stop;
  };
  const block = (type: string, start: object, delta: object): string => {
    const before = open === type ? '' : close();
    const isNew = open !== type;
    if (isNew) index += 1;
    open = type;
    const begun = isNew
      ? event({ type: 'content_block_start', index, content_block: start }, 'content_block_start')
      : '';
    return before + begun + event({ type: 'content_block_delta', index, delta }, 'content_block_delta');
  };
  return {
    begin(usage) {
      const counted = {
        input_tokens: (usage?.inputTokens ?? 0) - (usage?.reusedTokens ?? 0),
        cache_read_input_tokens: usage?.reusedTokens ?? 0,
        output_tokens: 1,
      };
      const message = { id: 'msg_1', type: 'message', role: 'assistant', model, content: [], usage: counted };
      return event({ type: 'message_start', message }, 'message_start') + event({ type: 'ping' }, 'ping');
    },
    text: (text) => block('text', { type: 'text', text: '' }, { type: 'text_delta', text }),
    reasoning: (thinking) =>
      block('thinking', { type: 'thinking', thinking: '', signature: '' }, { type: 'thinking_delta', thinking }),
    toolCall: (name) =>
      block(
        'tool_use',
        { type: 'tool_use', id: 'toolu_1', name, input: {} },
        { type: 'input_json_delta', partial_json: '{"all":1}' },
      ),
    error: (message) => event({ type: 'error', error: { type: 'overloaded_error', message } }, 'error'),
    end(reason, usage) {
      const delta = { stop_reason: messageEnds[reason], stop_sequence: null };
      const counted = { output_tokens: usage?.outputTokens ?? 0 };
      const last = event({ type: 'message_delta', delta, usage: counted }, 'message_delta');
      return close() + last + event({ type: 'message_stop' }, 'message_stop');
    },
  };
}

const contentEnds: Readonly<Record<FakeEnd, string>> = {
  complete: 'STOP',
  length: 'MAX_TOKENS',
  refused: 'SAFETY',
  continuation: 'CONTINUATION',
};

function createContentWriter(model: string): AnswerWriter {
  const chunk = (part: object | null, candidate: object = {}, more: object = {}) =>
    event({
      candidates: [{ index: 0, ...(part !== null && { content: { role: 'model', parts: [part] } }), ...candidate }],
      modelVersion: model,
      responseId: 'response-1',
      ...more,
    });
  return {
    begin: () => '',
    text: (text) => chunk({ text }),
    reasoning: (text) => chunk({ text, thought: true }),
    toolCall: (name) => chunk({ functionCall: { name, args: { all: 1 } } }),
    error: (message) => event({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
    end(reason, usage) {
      const token = reason === 'continuation' ? { continuationToken: 'more' } : {};
      const usageMetadata = usage && {
        promptTokenCount: usage.inputTokens,
        cachedContentTokenCount: usage.reusedTokens,
        candidatesTokenCount: usage.outputTokens,
        totalTokenCount: usage.inputTokens + usage.outputTokens,
      };
      return chunk(null, { finishReason: contentEnds[reason], ...token }, usageMetadata ? { usageMetadata } : {});
    },
  };
}

/** A writer for one answer. */
export function createAnswerWriter(kind: RemoteKind, model: string): AnswerWriter {
  switch (kind) {
    case 'openai':
    case 'mistral':
    case 'openai-compatible':
      return createChatWriter(kind, model);
    case 'anthropic':
      return createMessageWriter(model);
    case 'google':
      return createContentWriter(model);
    default:
      return assertNever(kind);
  }
}
