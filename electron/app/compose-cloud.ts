import type { Services } from '../api/context.ts';
import type { Egress } from '../egress/egress.ts';
import { createRemoteProvider } from '../providers/create-remote-provider.ts';
import type { ModelProvider } from '../providers/model-provider.ts';
import type { RemoteProvider } from '../providers/remote-provider.ts';
import type { AnswerPlaces, SendingSource } from '../services/cloud/cloud-service.ts';
import { compressTurns } from '../services/cloud/compress-turns.ts';
import { createConversationRedactors } from '../services/cloud/conversation-redactors.ts';
import { goesUnseenTo } from '../services/cloud/check-sending.ts';
import { createAnswerPlaces } from '../services/cloud/create-answer-places.ts';
import { createPendingPreviews } from '../services/cloud/pending-previews.ts';
import { endOnLock } from '../services/cloud/end-on-lock.ts';
import { createWaitingConversations } from '../services/cloud/waiting-conversations.ts';
import type { WaitingConversations } from '../services/cloud/waiting-conversations.ts';
import { watchSending } from '../services/cloud/watch-sending.ts';
import { createPrivacyService } from '../services/privacy/create-privacy-service.ts';
import { createRedactionService } from '../services/redaction/create-redaction-service.ts';
import { createRemotesService } from '../services/remotes/create-remotes-service.ts';
import { createRoutingService } from '../services/routing/create-routing-service.ts';
import { createMachineStrain } from '../services/routing/machine-strain.ts';
import type { RoutingService } from '../services/routing/routing-service.ts';
import type { AnswerRecorder } from '../services/runs/runs-service.ts';
import { createUsageService } from '../services/usage/create-usage-service.ts';
import type { UsageService } from '../services/usage/usage-service.ts';
import { AppError } from '../shared/app-error.ts';
import { readProcessorTimes } from '../platform/processor-times.ts';
import type { AppOptions } from './app.ts';
import type { Foundation } from './open-foundation.ts';
import type { PassingStorage } from './passing-storage.ts';

/** Large models elsewhere: which there are, what they cost, and the way to them. */
type Elsewhere = Pick<Services, 'keys' | 'models' | 'remotes' | 'privacy'> & {
  readonly passing: PassingStorage;
  /** Of this machine. */
  readonly provider: ModelProvider;
  readonly usage: UsageService;
  readonly remoteProvider: RemoteProvider;
  readonly sending: SendingSource;
  readonly waiting: WaitingConversations;
};

/** What stands before a question is asked. Nothing of it reaches out by itself. */
export function composeElsewhere(
  { platform: { clock, logger } }: AppOptions,
  { storage, settings }: Foundation,
  parts: Pick<Elsewhere, 'keys' | 'models' | 'passing' | 'provider'> & { readonly egress: Egress },
): Elsewhere {
  const { egress, keys, passing } = parts;
  const { provider: remoteProvider, sending } = watchSending(
    endOnLock(createRemoteProvider({ egress, clock }), settings),
  );
  const remotes = createRemotesService({
    repository: storage.remotes,
    keys,
    provider: remoteProvider,
    // Each stands on the other: it is there by the time that anybody asks.
    usage: {
      price: async (provider, modelName): ReturnType<UsageService['price']> => await usage.price(provider, modelName),
    },
    logger,
  });
  const usage = createUsageService({ sums: storage.usage, settings, remotes, clock });
  const { folders, ledger } = storage;
  // Conversations of the moment are asked about, too.
  const { conversations, labels } = passing.storage;
  const privacy = createPrivacyService({
    storage: { conversations, folders, labels, ledger },
    settings,
  });
  return { ...parts, remotes, usage, privacy, remoteProvider, sending, waiting: createWaitingConversations() };
}

type CloudServices = Pick<Services, 'cloud' | 'remotes' | 'usage' | 'privacy'>;

/** Where questions are answered, and what waits for a person before it leaves. */
export function composeCloud(
  { platform }: AppOptions,
  foundation: Foundation,
  { passing, remoteProvider, waiting, ...parts }: Elsewhere,
  recorder: AnswerRecorder,
): { readonly places: AnswerPlaces; readonly cloudServices: CloudServices } {
  const { clock, logger, door } = platform;
  const { storage, settings } = foundation;
  const { conversations, messages } = passing.storage;
  const redaction = createRedactionService();
  const cloud = createPendingPreviews({
    waitingConversations: waiting,
    rememberWords: async (words) => {
      const { redactedWords } = await settings.get();
      await settings.update({ redactedWords: [...new Set([...redactedWords, ...words])] });
    },
    sendAlways: async (id, remote) => {
      const conversation = await conversations.get(id);
      if (conversation === null) return;
      await conversations.update(id, { options: { ...conversation.options, ...goesUnseenTo(remote) } });
    },
  });
  const places = createAnswerPlaces({
    ...parts,
    recorder,
    storage: { conversations, messages },
    provider: remoteProvider,
    routing: composeRouting(foundation, parts, platform),
    redaction,
    redactors: createConversationRedactors(redaction),
    previews: cloud,
    ledger: storage.ledger,
    settings,
    compress: compressTurns,
    // The terminal leaves with the answer that it asked for.
    beginsFurtherAnswers: door !== 'terminal',
    clock,
    logger,
  });
  const { remotes, usage, privacy } = parts;
  return { places, cloudServices: { cloud, remotes, usage, privacy } };
}

function composeRouting(
  { engine, settings }: Foundation,
  { remotes, usage, models, provider }: Pick<Elsewhere, 'remotes' | 'usage' | 'models' | 'provider'>,
  platform: AppOptions['platform'],
): RoutingService {
  return createRoutingService({
    settings,
    remotes,
    usage,
    logger: platform.logger,
    strain: createMachineStrain({ platform, clock: platform.clock, processorTimes: readProcessorTimes }),
    localModel: async (task) => await describeLocal(task === 'answer' ? 'answers' : 'chat', { models, provider }),
    embed: async (text, signal) => {
      const [vector] = await engine.embed([text], { priority: 'interactive', signal });
      return vector ?? null;
    },
  });
}

/** What would answer here; null without a model. Loads nothing. */
async function describeLocal(
  job: 'answers' | 'chat',
  { models, provider }: Pick<Elsewhere, 'models' | 'provider'>,
): ReturnType<Parameters<typeof createRoutingService>[0]['localModel']> {
  const current = await models.current(job);
  if (current === null) return null;
  try {
    const { contextTokens } = await provider.forJob(job).preview();
    return { contextTokens, languages: null, parameterCount: current.description.parameterCount };
  } catch (error) {
    if (AppError.from(error).code === 'model/none') return null;
    throw error;
  }
}
