import type { ModelPart } from '../../providers/model-provider.ts';
import type { CapturedRequest, RemotePart, RemoteProvider } from '../../providers/remote-provider.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { ConversationId, LedgerEntryId } from '../../shared/ids.ts';
import type { Sent } from '../../shared/sent.ts';
import type { LedgerRepository } from '../../storage/ledger-operations.ts';
import type { ConversationRedactor, RedactionService } from '../redaction/redaction-service.ts';
import type { UsageService } from '../usage/usage-service.ts';
import type { PreparedRequest } from './prepare-request.ts';
import { budgetSpent, mostCostOf, pricedAs } from './request-cost.ts';
import { guessTokens, guessTurnTokens } from './token-guess.ts';

/** What sending needs. */
export type SendParts = {
  readonly provider: Pick<RemoteProvider, 'send'>;
  readonly redaction: Pick<RedactionService, 'createRestoringStream'>;
  readonly usage: Pick<UsageService, 'cost' | 'reserve'>;
  readonly ledger: Pick<LedgerRepository, 'update'>;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What is sent, and for whom. */
export type Sending = {
  readonly prepared: PreparedRequest;
  readonly redactor: Pick<ConversationRedactor, 'originalOf'>;
  readonly key: string | null;
  readonly isLocalOnly: boolean;
  readonly conversationId: ConversationId | null;
  /** Told when it is over, however it ended, if anything left. */
  readonly onSent: (sent: Sent) => void;
};

type RemoteEnd = Extract<RemotePart, { type: 'remote-end' }>;

/** Class, because what is known of a request grows while its answer comes. */
class Account {
  readonly entryIds: LedgerEntryId[] = [];
  #answer = '';
  #end: RemoteEnd | null = null;
  #failure: unknown = null;
  #firstAt: number | null = null;
  #lastAt: number;
  readonly #beganAt: number;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#beganAt = clock.now();
    this.#lastAt = this.#beganAt;
  }

  note(part: RemotePart): void {
    this.#lastAt = this.#clock.now();
    if (part.type === 'remote-end') this.#end = part;
    else {
      this.#firstAt ??= this.#lastAt;
      this.#answer += part.text;
    }
  }

  fail(error: unknown): void {
    this.#failure = error;
  }

  /** False where the policy refused: then nothing left. */
  get hasLeft(): boolean {
    const code = this.#failure === null ? '' : AppError.from(this.#failure).code;
    return this.entryIds.length > 0 && (!code.startsWith('egress/') || code === 'egress/failed');
  }

  /** What may be billed; what the remote did not say is guessed. Null for what costs nothing. */
  billed(captured: CapturedRequest): { readonly inputTokens: number; readonly outputTokens: number } | null {
    if (!this.hasLeft) return null;
    if (this.#failure !== null && AppError.from(this.#failure).details['mayBeBilled'] === false) return null;
    return {
      inputTokens: this.#end?.inputTokens ?? guessTurnTokens(captured.request.turns),
      outputTokens: this.#end?.outputTokens ?? guessTokens(this.#answer),
    };
  }

  get reported(): Pick<RemoteEnd, 'inputTokens' | 'outputTokens' | 'reusedTokens'> {
    return this.#end ?? { inputTokens: null, outputTokens: null, reusedTokens: 0 };
  }

  modelEnd(reason: 'complete' | 'length'): ModelPart {
    const { inputTokens, outputTokens, reusedTokens } = this.reported;
    const decodeMs = this.#lastAt - (this.#firstAt ?? this.#lastAt);
    return {
      type: 'model-end',
      reason,
      usage: {
        inputTokens: inputTokens ?? 0,
        reusedTokens: Math.min(reusedTokens, inputTokens ?? 0),
        outputTokens: outputTokens ?? 0,
        timeToFirstTokenMs: this.#firstAt === null ? null : this.#firstAt - this.#beganAt,
        tokensPerSecond: decodeMs <= 0 || (outputTokens ?? 0) < 2 ? null : ((outputTokens ?? 0) / decodeMs) * 1_000,
      },
    };
  }
}

/** Writes down what the request took; a ledger that cannot be written does not take the answer with it. */
async function settle(account: Account, sending: Sending, parts: SendParts): Promise<void> {
  if (account.entryIds.length === 0) return;
  const { captured, replacements, source } = sending.prepared;
  const { remote, savedTokens } = source;
  const billed = account.billed(captured);
  const { reusedTokens, inputTokens, outputTokens } = account.reported;
  let costMicroDollars: number | null = null;
  try {
    if (remote.zone === 'cloud') {
      const tokens = billed === null ? null : { ...billed, reusedTokens };
      costMicroDollars =
        tokens === null ? 0 : (await parts.usage.cost(pricedAs(remote), remote.modelName, tokens)).costMicroDollars;
    }
    for (const id of account.entryIds) await parts.ledger.update(id, { inputTokens, outputTokens, costMicroDollars });
  } catch (error) {
    parts.logger.error('request-not-accounted', { code: AppError.from(error).code });
  }
  if (!account.hasLeft) return;
  sending.onSent({
    ledgerEntryIds: [...account.entryIds],
    host: URL.parse(captured.url)?.host ?? '',
    replacedCount: replacements.length,
    savedTokens,
    costMicroDollars,
  });
}

/** Nothing for what waits for its rest. */
const said = (type: 'text-delta' | 'reasoning-delta', text: string): readonly ModelPart[] =>
  text === '' ? [] : [{ type, text }];

/** The answer, its placeholders put back. Throws `provider/refused` where the remote's own filter ended it. */
async function* readAnswer(
  answer: AsyncIterable<RemotePart>,
  account: Account,
  restoring: () => ReturnType<RedactionService['createRestoringStream']>,
  host: string,
): AsyncGenerator<ModelPart, void, void> {
  const [text, reasoning] = [restoring(), restoring()];
  for await (const part of answer) {
    account.note(part);
    switch (part.type) {
      case 'text-delta':
        yield* said('text-delta', text.push(part.text));
        break;
      case 'reasoning-delta':
        yield* said('reasoning-delta', reasoning.push(part.text));
        break;
      case 'remote-end': {
        yield* said('reasoning-delta', reasoning.end());
        yield* said('text-delta', text.end());
        if (part.reason === 'refused') {
          throw new AppError('provider/refused', 'The remote ended the answer itself.', { host, mayBeBilled: true });
        }
        yield account.modelEnd(part.reason);
        return;
      }
      default:
        assertNever(part);
    }
  }
}

/**
 * Sends the bytes of a prepared request, once, under a reservation of what it costs at most. Throws `cloud/budget-spent` and
 * what `RemoteProvider.send` throws.
 */
export async function* sendRequest(
  sending: Sending,
  parts: SendParts,
  signal: AbortSignal,
): AsyncGenerator<ModelPart, void, void> {
  const { prepared, redactor, key, isLocalOnly, conversationId } = sending;
  const { captured } = prepared;
  const cost = await mostCostOf(prepared, parts.usage);
  const mostCostMicroDollars = cost?.costMicroDollars ?? null;
  const reservation = await parts.usage.reserve(mostCostMicroDollars ?? 0);
  if (reservation === null) throw budgetSpent();
  const account = new Account(parts.clock);
  try {
    const onEntry = (id: LedgerEntryId): void => {
      account.entryIds.push(id);
      // From here on it counts in the ledger, where it outlives the app.
      reservation.release();
    };
    const options = { key, isLocalOnly, conversationId, mostCostMicroDollars, onEntry };
    const answer = parts.provider.send(captured, options, signal);
    const host = URL.parse(captured.url)?.host ?? '';
    yield* readAnswer(answer, account, () => parts.redaction.createRestoringStream(redactor), host);
  } catch (error) {
    account.fail(error);
    throw error;
  } finally {
    await settle(account, sending, parts);
    reservation.release();
  }
}
