import type { ModelProvider } from '../../providers/model-provider.ts';
import type { SearchScope } from '../../shared/search-scope.ts';
import type { DocumentsService } from '../documents/documents-service.ts';

/** Share of the context window that whole documents may take; question, answer and the rest of the prompt have the other half. */
const windowShare = 0.5;

/** No text has more characters to a token than this in all of its length, so that what is longer need not be counted. */
const mostCharactersPerToken = 8;

/**
 * The documents one after the other, each under its name, when all of them together fit; null when they do not, or when
 * there is nothing in them.
 */
export async function wholeText(
  { documentIds, collectionIds }: SearchScope,
  contextTokens: number,
  {
    documents,
    provider,
  }: { readonly documents: Pick<DocumentsService, 'get' | 'content'>; readonly provider: ModelProvider },
  signal: AbortSignal,
): Promise<string | null> {
  // A collection is more than fits, and grows.
  if (collectionIds.length > 0) return null;
  const roomTokens = Math.floor(contextTokens * windowShare);
  const descriptions = await Promise.all(documentIds.map((id) => documents.get(id)));
  const characters = descriptions.reduce((sum, description) => sum + description.characters, 0);
  if (characters === 0 || characters > roomTokens * mostCharactersPerToken) return null;
  const texts = await Promise.all(
    descriptions.map(async ({ id, name }) => {
      const { text } = await documents.content(id);
      return descriptions.length === 1 ? text.trim() : `[${name}]\n${text.trim()}`;
    }),
  );
  const whole = texts.join('\n\n');
  const [tokens = 0] = await provider.countTokens([whole], signal);
  return tokens <= roomTokens ? whole : null;
}
