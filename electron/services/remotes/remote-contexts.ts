import type { Logger } from '../../platform/logger.ts';
import type { ListedModel } from '../../providers/remote-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import type { RemoteId } from '../../shared/ids.ts';
import type { InTurn } from '../../shared/in-turn.ts';
import type { Remote, RemoteText } from '../../shared/remote.ts';
import type { RemoteRepository } from '../../storage/remote-operations.ts';

/** How much the models of remotes read at once, as their lists last said. */
export type RemoteContexts = {
  /**
   * Keeps it for the model that is chosen, and all of the list for the one that may be chosen next; and the address that the
   * list was found at, which is one of the same server. False where nothing was kept.
   */
  learn(asked: Remote, models: readonly ListedModel[], foundAt: string): Promise<boolean>;
  /** Of a remote as it will be: null for another address or a model that no list was read of. */
  of(before: Remote, after: RemoteText): number | null;
  forget(id: RemoteId): void;
};

const isSameServer = (one: RemoteText, other: RemoteText): boolean =>
  one.kind === other.kind && one.baseUrl === other.baseUrl;

/** Ollama lists `name:latest` and answers to `name`, too. */
const contextOf = (models: readonly ListedModel[], modelName: string | null): number | null =>
  models.find(({ name }) => name === modelName || name === `${modelName}:latest`)?.contextTokens ?? null;

/**
 * Keeps contexts with the remotes. The lists themselves are in memory only: they are asked for anew whenever somebody wants
 * to choose.
 */
export function createRemoteContexts(
  repository: Pick<RemoteRepository, 'get' | 'update'>,
  inTurn: InTurn,
  logger: Logger,
): RemoteContexts {
  const lists = new Map<RemoteId, { readonly asked: Remote; readonly models: readonly ListedModel[] }>();
  const keep = async (asked: Remote, models: readonly ListedModel[], baseUrl: string): Promise<boolean> => {
    const now = await repository.get(asked.id);
    // It may have been changed while the list was on its way.
    if (now === null || !isSameServer(now, asked)) return false;
    lists.set(asked.id, { asked: { ...asked, baseUrl }, models });
    const contextTokens = contextOf(models, now.modelName);
    if (contextTokens !== now.contextTokens || baseUrl !== now.baseUrl) {
      await repository.update(now.id, { ...now, baseUrl, contextTokens });
    }
    return true;
  };
  return {
    async learn(asked, models, foundAt) {
      try {
        return await inTurn(async () => await keep(asked, models, foundAt));
      } catch (error) {
        // The list is what was asked for; a database that takes nothing must not withhold it.
        logger.warn('remote-context-not-kept', { code: AppError.from(error).code });
        return false;
      }
    },
    of(before, after) {
      if (isSameServer(before, after) && before.modelName === after.modelName) return before.contextTokens;
      const list = lists.get(before.id);
      return list !== undefined && isSameServer(list.asked, after) ? contextOf(list.models, after.modelName) : null;
    },
    forget: (id) => void lists.delete(id),
  };
}
