import { createHash } from 'node:crypto';
import { AppError } from '../../shared/app-error.ts';
import type { CloudPreview, PreviewDecision } from '../../shared/cloud-preview.ts';
import { createId, previewIdSchema } from '../../shared/ids.ts';
import type { ConversationId, PreviewId } from '../../shared/ids.ts';
import type { Route } from '../../shared/route.ts';
import type { Cost } from '../usage/usage-service.ts';
import type { CloudService } from './cloud-service.ts';
import { editedSource } from './prepare-request.ts';
import type { PreparedRequest, RemoteWithModel, RequestSource } from './prepare-request.ts';
import { hasMoved } from './check-sending.ts';
import { guessTurnTokens } from './token-guess.ts';
import type { WaitingConversations } from './waiting-conversations.ts';

/** A request that a person is to see before it leaves. */
export type RequestToShow = {
  readonly conversationId: ConversationId;
  readonly route: Route;
  readonly prepared: PreparedRequest;
  /** Prepares the request anew; `words` are replaced beside those of the settings. */
  readonly prepare: (source: RequestSource, words: readonly string[]) => Promise<PreparedRequest>;
  /** Puts the originals back. */
  readonly restore: (text: string) => string;
  /** What it costs at most; null for a server of the person's own. */
  readonly mostCost: (prepared: PreparedRequest) => Promise<Cost | null>;
  /** Where it would go now; throws what stands in the way of sending it. Asked when the person says "send". */
  readonly check: (prepared: PreparedRequest) => Promise<RemoteWithModel>;
};

/** What a person decided, over the request as it was shown last. */
export type ShownDecision = { readonly decision: PreviewDecision; readonly prepared: PreparedRequest };

/** What the previews need beside the requests. */
export type PendingPreviewsOptions = {
  /** Words that are replaced from now on, everywhere. */
  readonly rememberWords: (words: readonly string[]) => Promise<void>;
  /** Told of the conversations whose requests wait. */
  readonly waitingConversations: Pick<WaitingConversations, 'enter'>;
  /** The requests of this conversation go without a preview from now on. */
  readonly sendAlways: (id: ConversationId, remote: RemoteWithModel) => Promise<void>;
};

/** Previews that wait, and the calls of the person over them. */
export type PendingPreviews = CloudService & {
  /**
   * Waits for a person. `onId` is told the preview's id first. Throws the signal's reason when that is aborted, after which
   * the preview is gone.
   */
  show(request: RequestToShow, onId: (id: PreviewId) => void, signal: AbortSignal): Promise<ShownDecision>;
};

/** SHA-256 of the body in hex. */
const hashOf = ({ captured: { body } }: PreparedRequest): string => createHash('sha256').update(body).digest('hex');

/** Class, because the request changes while it waits, one change after the other. */
class Waiting {
  readonly id = createId(previewIdSchema);
  readonly request: RequestToShow;
  readonly decided = Promise.withResolvers<ShownDecision>();
  #prepared: PreparedRequest;
  #words: readonly string[] = [];
  #last: Promise<unknown> = Promise.resolve();
  #isOver = false;

  constructor(request: RequestToShow) {
    this.request = request;
    this.#prepared = request.prepared;
  }

  async #alone<Output>(work: () => Promise<Output>): Promise<Output> {
    const next = this.#last.then(work, work);
    this.#last = next.catch(() => undefined);
    return await next;
  }

  /** What cannot be prepared leaves the request as it was. */
  async redactMore(words: readonly string[]): Promise<CloudPreview> {
    return await this.#alone(async () => {
      const all = [...new Set([...this.#words, ...words])];
      this.#prepared = await this.request.prepare(this.#prepared.source, all);
      this.#words = all;
      return await this.#describe();
    });
  }

  async edit(edits: Parameters<CloudService['edit']>[1]): Promise<CloudPreview> {
    return await this.#alone(async () => {
      const source = editedSource(this.#prepared, edits, this.request.restore);
      this.#prepared = await this.request.prepare(source, this.#words);
      return await this.#describe();
    });
  }

  async describe(): Promise<CloudPreview> {
    return await this.#alone(async () => await this.#describe());
  }

  /** What keeps the request here ends the wait at once, whatever a "send" before it still looks at. */
  keep(decision: Exclude<PreviewDecision, 'send'>): void {
    this.#end();
    this.decided.resolve({ decision, prepared: this.#prepared });
  }

  /** Throws what stands in the way, after which the preview still waits. `first` is done once nothing can change any more. */
  async send(bodyHash: string, first: (remote: RemoteWithModel) => Promise<void>): Promise<void> {
    await this.#alone(async () => {
      // Another window may have changed it after this one drew it.
      if (hashOf(this.#prepared) !== bodyHash) {
        throw new AppError('cloud/preview-changed', 'These are not the bytes that were seen.', { mayBeBilled: false });
      }
      await this.#requireSame(await this.request.check(this.#prepared));
      this.#end();
      try {
        await first(this.#prepared.source.remote);
      } catch (error) {
        this.#isOver = false;
        throw error;
      }
      this.decided.resolve({ decision: 'send', prepared: this.#prepared });
    });
  }

  /** Nobody waits for it any more. */
  leave(): void {
    this.#isOver = true;
  }

  /** What was shown went elsewhere: it is made anew for there, and has to be looked at again. */
  async #requireSame(remote: RemoteWithModel): Promise<void> {
    const { source } = this.#prepared;
    if (!hasMoved(source.remote, remote)) return;
    this.#prepared = await this.request.prepare({ ...source, remote }, this.#words);
    const details = { host: URL.parse(remote.baseUrl)?.host ?? '', mayBeBilled: false };
    throw new AppError('cloud/remote-changed', 'The remote was changed while its request waited.', details);
  }

  #end(): void {
    if (this.#isOver) throw noSuchPreview();
    this.#isOver = true;
  }

  async #describe(): Promise<CloudPreview> {
    const { conversationId, route, mostCost } = this.request;
    const { captured, replacements, source } = this.#prepared;
    const { id: remoteId, name: remoteName, zone, policyUrl, modelName, baseUrl } = source.remote;
    const cost = await mostCost(this.#prepared);
    return {
      id: this.id,
      conversationId,
      remoteId,
      remoteName,
      zone,
      host: URL.parse(baseUrl)?.host ?? '',
      policyUrl,
      modelName,
      turns: captured.request.turns,
      body: captured.body,
      bodyHash: hashOf(this.#prepared),
      replacements,
      inputTokens: guessTurnTokens(captured.request.turns),
      savedTokens: source.savedTokens,
      mostCostMicroDollars: cost?.costMicroDollars ?? null,
      isPriceKnown: cost?.isPriceKnown ?? true,
      route: routeTo(route, source.remote),
    };
  }
}

const noSuchPreview = (): AppError => new AppError('app/not-found', 'There is no such preview.', { kind: 'preview' });

/** The same reason, to the remote as it is now. */
export function routeTo(route: Route, { zone, name: remoteName, modelName }: RemoteWithModel): Route {
  return { ...route, zone, remoteName, modelName };
}

/** Rejects with the signal's reason. */
function whenAborted(signal: AbortSignal, settled: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  // The reason of a signal is whatever its owner gave it.
  const leave = (): void => reject(signal.reason as Error);
  if (signal.aborted) leave();
  else signal.addEventListener('abort', leave, { once: true, signal: settled });
  return promise;
}

/** None wait at first. */
export function createPendingPreviews(options: PendingPreviewsOptions): PendingPreviews {
  const { rememberWords, sendAlways, waitingConversations } = options;
  const waiting = new Map<PreviewId, Waiting>();
  const find = (id: PreviewId): Waiting => {
    const found = waiting.get(id);
    if (found === undefined) throw noSuchPreview();
    return found;
  };

  return {
    async show(request, onId, signal) {
      const one = new Waiting(request);
      const settled = new AbortController();
      waiting.set(one.id, one);
      const leave = waitingConversations.enter(request.conversationId);
      try {
        onId(one.id);
        return await Promise.race([one.decided.promise, whenAborted(signal, settled.signal)]);
      } finally {
        settled.abort();
        one.leave();
        leave();
        waiting.delete(one.id);
      }
    },
    preview: async (id) => await find(id).describe(),
    async redactMore(id, { words, isRemembered }) {
      const preview = await find(id).redactMore(words);
      if (isRemembered) await rememberWords(words);
      return preview;
    },
    edit: async (id, turns) => await find(id).edit(turns),
    async decide(id, choice) {
      const one = find(id);
      if (choice.decision !== 'send') one.keep(choice.decision);
      else {
        await one.send(choice.bodyHash, async (remote) => {
          if (choice.isAlways) await sendAlways(one.request.conversationId, remote);
        });
      }
      // From here on nothing can be changed any more, whoever is quicker.
      waiting.delete(id);
    },
  };
}
