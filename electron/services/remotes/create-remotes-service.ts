import type { Logger } from '../../platform/logger.ts';
import type { RemoteProvider } from '../../providers/remote-provider.ts';
import { AppError, isAbortError } from '../../shared/app-error.ts';
import { createId, remoteIdSchema } from '../../shared/ids.ts';
import type { RemoteId } from '../../shared/ids.ts';
import { createTurns } from '../../shared/in-turn.ts';
import type { InTurn } from '../../shared/in-turn.ts';
import { mostRemotes } from '../../shared/remote.ts';
import type { Remote, RemoteModel } from '../../shared/remote.ts';
import type { RemoteRepository } from '../../storage/remote-operations.ts';
import type { KeysService } from '../keys/keys-service.ts';
import type { UsageService } from '../usage/usage-service.ts';
import { findApi } from './find-api.ts';
import { createRemoteContexts } from './remote-contexts.ts';
import type { RemoteContexts } from './remote-contexts.ts';
import { readRemoteText, remoteProblem } from './read-remote-text.ts';
import { toRemoteTest } from './remote-test.ts';
import type { RemotesService } from './remotes-service.ts';

/** What the service is made of. */
export type RemotesServiceOptions = {
  readonly repository: RemoteRepository;
  readonly keys: Pick<KeysService, 'read' | 'remove'>;
  readonly provider: Pick<RemoteProvider, 'listModels'>;
  /** Asked when models are listed: it may itself stand on this service. */
  readonly usage: Pick<UsageService, 'price'>;
  readonly logger: Logger;
};

/** What is known of the remotes while the service lives. */
type RemotesState = {
  /** Two doors cannot take the same name, or the last place, at once. */
  readonly inTurn: InTurn;
  readonly contexts: RemoteContexts;
};

async function find(repository: RemoteRepository, id: RemoteId): Promise<Remote> {
  const remote = await repository.get(id);
  if (remote === null) throw new AppError('app/not-found', 'There is no such remote.', { kind: 'remote' });
  return remote;
}

function createChanges(
  { repository, keys }: RemotesServiceOptions,
  { inTurn, contexts }: RemotesState,
): Pick<RemotesService, 'add' | 'update' | 'remove'> {
  return {
    add: async (text) =>
      await inTurn(async () => {
        const remotes = await repository.list();
        if (remotes.length >= mostRemotes) throw remoteProblem('name', 'too-many');
        const remote = { id: createId(remoteIdSchema), ...readRemoteText(text, remotes, null), contextTokens: null };
        await repository.insert(remote);
        return remote;
      }),
    update: async (id, text) =>
      await inTurn(async () => {
        const before = await find(repository, id);
        const read = readRemoteText(text, await repository.list(), id);
        // It was given for the one host: a changed address must not lead it to another.
        if (URL.parse(read.baseUrl)?.origin !== URL.parse(before.baseUrl)?.origin) await keys.remove(id);
        const remote = { id, ...read, contextTokens: contexts.of(before, read) };
        await repository.update(id, remote);
        return remote;
      }),
    remove: async (id) =>
      await inTurn(async () => {
        await find(repository, id);
        // First: a key whose remote is gone would be in no list, and nobody could remove it.
        await keys.remove(id);
        await repository.remove(id);
        contexts.forget(id);
      }),
  };
}

/** Makes the service. */
export function createRemotesService(options: RemotesServiceOptions): RemotesService {
  const { repository, keys, provider, usage, logger } = options;
  const inTurn = createTurns();
  const contexts = createRemoteContexts(repository, inTurn, logger);
  const list = async (remote: Remote, signal: AbortSignal) =>
    await provider.listModels(remote, await keys.read(remote.id), signal);

  return {
    ...createChanges(options, { inTurn, contexts }),
    list: async () => await repository.list(),
    async models(id, signal) {
      const remote = await find(repository, id);
      const models = await list(remote, signal);
      await contexts.learn(remote, models, remote.baseUrl);
      return await Promise.all(
        models.map(async (model) => ({ ...model, ...(await priceOf(remote, model.name, usage)) })),
      );
    },
    async test(id, signal) {
      const remote = await find(repository, id);
      try {
        const { baseUrl, models } = await findApi(remote, async (candidate) => await list(candidate, signal));
        const isKept = await contexts.learn(remote, models, baseUrl);
        return {
          status: 'works',
          models: models.length,
          movedTo: isKept && baseUrl !== remote.baseUrl ? baseUrl : null,
        };
      } catch (error) {
        if (isAbortError(error) && signal.aborted) throw error;
        const { code } = AppError.from(error);
        logger.info('remote-tested', { kind: remote.kind, zone: remote.zone, code });
        return toRemoteTest(error);
      }
    },
  };
}

/** A server of one's own asks for no money that is known here. */
async function priceOf(
  { kind, zone, baseUrl }: Remote,
  modelName: string,
  usage: Pick<UsageService, 'price'>,
): Promise<Pick<RemoteModel, 'inputPrice' | 'outputPrice'>> {
  const none = { inputPrice: null, outputPrice: null };
  if (zone === 'own-server') return none;
  return (await usage.price(kind === 'openai-compatible' ? baseUrl : kind, modelName)) ?? none;
}
