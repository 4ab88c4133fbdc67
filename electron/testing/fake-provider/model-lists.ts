import { assertNever } from '../../shared/assert-never.ts';
import type { RemoteKind } from '../../shared/remote.ts';
import { providerFolders } from './asked.ts';

/** The list of models in the words of a vendor; null for another address. */
export function modelListOf(
  kind: RemoteKind,
  url: string,
  { models: names, contextTokens }: { readonly models: readonly string[]; readonly contextTokens: number },
): object | null {
  const [path = ''] = url.split('?');
  if (path !== `${providerFolders[kind]}/models`) return null;
  switch (kind) {
    case 'openai':
      return {
        object: 'list',
        data: names.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'us' })),
      };
    case 'openai-compatible':
      return { object: 'list', data: names.map((id) => ({ id, object: 'model', max_model_len: contextTokens })) };
    case 'mistral': {
      const data = names.map((id) => ({
        id,
        max_context_length: contextTokens,
        capabilities: { completion_chat: true },
      }));
      return { object: 'list', data: [...data, { id: 'embed', capabilities: { completion_chat: false } }] };
    }
    case 'anthropic':
      return {
        data: names.map((id) => ({ type: 'model', id, display_name: id })),
        has_more: false,
        last_id: names.at(-1),
      };
    case 'google': {
      const supportedGenerationMethods = ['generateContent', 'countTokens'];
      const listed = names.map((name) => ({
        name: `models/${name}`,
        inputTokenLimit: contextTokens,
        supportedGenerationMethods,
      }));
      return { models: [...listed, { name: 'models/embed', supportedGenerationMethods: ['embedContent'] }] };
    }
    default:
      return assertNever(kind);
  }
}
