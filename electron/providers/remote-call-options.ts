import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider';
import type { ChatTurn } from '../inference/engine.ts';
import type { RemoteKind } from '../shared/remote.ts';
import type { RemoteRequest } from './remote-provider.ts';

/** Between texts that become one turn. */
const gap = '\n\n';
/** Stands for a question that is not there, before an answer that is. */
const leftOut = '…';

/**
 * The turns as every vendor takes them: what the system says comes first and once, nothing is empty, and user and
 * assistant take turns, the user first. Servers refuse anything else, each something of its own.
 */
function toPrompt(turns: readonly ChatTurn[]): LanguageModelV4Message[] {
  const spoken = turns.filter(({ text }) => text.trim() !== '');
  const system = spoken.filter(({ role }) => role === 'system').map(({ text }) => text);
  const merged: { role: 'user' | 'assistant'; text: string }[] = [];
  for (const { role, text } of spoken) {
    if (role === 'system') continue;
    if (merged.length === 0 && role === 'assistant') merged.push({ role: 'user', text: leftOut });
    const last = merged.at(-1);
    if (last?.role === role) last.text += gap + text;
    else merged.push({ role, text });
  }
  const rest = merged.map(({ role, text }): LanguageModelV4Message => ({ role, content: [{ type: 'text', text }] }));
  return system.length === 0 ? rest : [{ role: 'system', content: system.join(gap) }, ...rest];
}

/** OpenAI's models that reason refuse `max_tokens` and `stop`; the others take `max_completion_tokens` as well. */
function limitsOf(
  kind: RemoteKind,
  { maxTokens, stopStrings = [] }: RemoteRequest,
): Pick<LanguageModelV4CallOptions, 'maxOutputTokens' | 'stopSequences' | 'providerOptions'> {
  if (kind === 'openai') return { providerOptions: { openai: { store: false, maxCompletionTokens: maxTokens } } };
  return { maxOutputTokens: maxTokens, ...(stopStrings.length > 0 && { stopSequences: [...stopStrings] }) };
}

/** What the SDK is asked: the same for the same request, so that its bytes are the same. */
export function toRemoteCallOptions(kind: RemoteKind, request: RemoteRequest): LanguageModelV4CallOptions {
  const { turns, temperature } = request;
  return {
    prompt: toPrompt(turns),
    ...(temperature !== undefined && { temperature }),
    ...limitsOf(kind, request),
  };
}
