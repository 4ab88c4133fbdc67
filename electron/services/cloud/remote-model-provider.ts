import type { ModelPart, ModelProvider, ModelRequest } from '../../providers/model-provider.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { ConversationId } from '../../shared/ids.ts';
import { noUsage } from '../../shared/usage.ts';
import type { KeysService } from '../keys/keys-service.ts';
import type { ConversationRedactor, RedactionService } from '../redaction/redaction-service.ts';
import type { RoutingDecision } from '../routing/routing-service.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';
import type { UsageService } from '../usage/usage-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { checkSending } from './check-sending.ts';
import type { CompressTurns } from './compress-turns.ts';
import { routeTo } from './pending-previews.ts';
import type { PendingPreviews } from './pending-previews.ts';
import { PlaceChange } from './place-change.ts';
import { prepareRequest } from './prepare-request.ts';
import type { PreparedRequest, PreparingParts, RemoteWithModel, RequestSource } from './prepare-request.ts';
import { fitToWindow, windowTokensOf } from './remote-window.ts';
import { mostCostOf, requireBudget, requireBudgetFor } from './request-cost.ts';
import { sendRequest } from './send-request.ts';
import type { SendParts } from './send-request.ts';
import { guessTokens, guessTurnTokens } from './token-guess.ts';

/** What every remote answer is made with. */
export type RemoteModelParts = SendParts & {
  readonly provider: PreparingParts['provider'] & SendParts['provider'];
  readonly redaction: RedactionService;
  readonly previews: Pick<PendingPreviews, 'show'>;
  readonly keys: Pick<KeysService, 'read'>;
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly usage: Pick<UsageService, 'contextTokens' | 'cost' | 'reserve' | 'canSpend'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly compress: CompressTurns;
};

/** The one answer that a remote model is to make. */
export type RemoteAnswering = {
  readonly remote: RemoteWithModel;
  readonly decision: RoutingDecision;
  readonly conversationId: ConversationId;
  /** Of a private conversation nothing is kept with the ledger. */
  readonly isPrivate: boolean;
  /** True shows the request to the person first; asked for each. */
  readonly isShown: () => Promise<boolean>;
  /** Read anew right before something leaves. */
  readonly isLocalOnly: () => Promise<boolean>;
  readonly redactor: ConversationRedactor;
  readonly answer: GrowingAnswer;
  /** Told when something left for the remote. */
  readonly onLeft: () => void;
};

/**
 * A remote model for one answer. Each request is compressed, redacted, written, checked for leaks and, where the person is
 * asked, shown; what is sent is what was shown. Throws `PlaceChange` when the person wants the answer from this machine.
 */
export function createRemoteModelProvider(answering: RemoteAnswering, parts: RemoteModelParts): ModelProvider {
  const { remote } = answering;
  const contextTokens = async (): Promise<number> => await windowTokensOf(remote, parts.usage);
  const provider: ModelProvider = {
    withModel: () => provider,
    forJob: () => provider,
    preview: async () => ({ key: `remote:${remote.id}`, contextTokens: await contextTokens(), isLoaded: true }),
    contextTokens,
    stream: (request, signal) => askRemote(request, answering, parts, signal),
    countPromptTokens: (turns) => Promise.resolve(guessTurnTokens(turns)),
    countTokens: (texts) => Promise.resolve(texts.map(guessTokens)),
  };
  return provider;
}

function sourceOf(
  { turns, maxTokens, sampling, stopStrings }: ModelRequest,
  { remote }: RemoteAnswering,
  compress: CompressTurns,
): RequestSource {
  const compressed = compress(turns);
  return {
    remote,
    turns: compressed.turns,
    savedTokens: compressed.savedTokens,
    request: {
      maxTokens,
      temperature: sampling.temperature,
      ...(stopStrings === undefined ? {} : { stopStrings }),
    },
    explainsPlaceholders: false,
  };
}

/** Null when the person stops the answer. */
async function approved(
  prepared: PreparedRequest,
  prepare: (source: RequestSource, words: readonly string[]) => Promise<PreparedRequest>,
  answering: RemoteAnswering,
  parts: RemoteModelParts,
  signal: AbortSignal,
): Promise<PreparedRequest | null> {
  const { answer, conversationId, decision, isLocalOnly, redactor, remote } = answering;
  const hadKey = await parts.keys.read(remote.id).then(
    (key) => key !== null,
    // One out of reach is one that is there.
    () => true,
  );
  answer.write({ type: 'progress', phase: 'asking-person', done: 0, total: 0, remainingMs: null });
  let close: () => void = () => undefined;
  const request = {
    conversationId,
    route: decision.route,
    prepared,
    prepare,
    restore: (text: string) => parts.redaction.restoreText(text, redactor),
    mostCost: (shown: PreparedRequest) => mostCostOf(shown, parts.usage),
    check: (shown: PreparedRequest) => checkSending(shown, { isLocalOnly, hadKey }, parts),
  };
  try {
    const shown = await parts.previews.show(
      request,
      (previewId) => {
        answer.write({ type: 'preview', previewId, isOpen: true });
        close = () => answer.write({ type: 'preview', previewId, isOpen: false });
      },
      signal,
    );
    switch (shown.decision) {
      case 'send':
        return shown.prepared;
      case 'local':
        throw new PlaceChange('person-chose-local');
      case 'cancel':
        return null;
      default:
        return assertNever(shown.decision);
    }
  } finally {
    close();
  }
}

async function* askRemote(
  request: ModelRequest,
  answering: RemoteAnswering,
  parts: RemoteModelParts,
  signal: AbortSignal,
): AsyncGenerator<ModelPart, void, void> {
  const { answer, decision, redactor } = answering;
  if (request.jsonSchema !== undefined) throw new AppError('app/unexpected', 'A remote is asked for text only.');
  const prepare = async (source: RequestSource, words: readonly string[]): Promise<PreparedRequest> => {
    const { redactedWords } = await parts.settings.get();
    return await prepareRequest(await fitToWindow(source, parts.usage), {
      ...parts,
      redactor,
      ownWords: [...redactedWords, ...words],
    });
  };
  const source = await fitToWindow(sourceOf(request, answering, parts.compress), parts.usage);
  // Nobody waits for a request to be made, or looks at one, that the month cannot pay.
  await requireBudgetFor(source, parts.usage);
  let prepared = await prepare(source, []);
  await requireBudget(prepared, parts.usage);
  if (await answering.isShown()) {
    const shown = await approved(prepared, prepare, answering, parts, signal);
    if (shown === null) {
      yield { type: 'model-end', reason: 'stopped', usage: noUsage };
      return;
    }
    prepared = shown;
  }
  answer.setReplaced([...new Set(prepared.replacements.map(({ original }) => original))]);
  // The person may have seen it made anew for another address or model.
  const { remote } = prepared.source;
  const [key, isLocalOnly] = await Promise.all([parts.keys.read(remote.id), answering.isLocalOnly()]);
  yield { type: 'model-start', modelName: remote.modelName, route: routeTo(decision.route, remote) };
  answer.write({ type: 'progress', phase: 'sending', done: 0, total: 0, remainingMs: null });
  const conversationId = answering.isPrivate ? null : answering.conversationId;
  const onSent = (sent: Parameters<Parameters<typeof sendRequest>[0]['onSent']>[0]): void => {
    answering.onLeft();
    answer.write({ type: 'sent', sent });
    answer.addPart({ type: 'sent', sent });
  };
  yield* sendRequest({ prepared, redactor, key, isLocalOnly, conversationId, onSent }, parts, signal);
}
