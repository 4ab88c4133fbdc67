import type { Logger } from '../../platform/logger.ts';
import type { AppError, AppErrorCode } from '../../shared/app-error.ts';
import type { RemoteZone } from '../../shared/remote.ts';
import type { RouteReason } from '../../shared/route.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { RoutingDecision, RoutingService } from '../routing/routing-service.ts';
import type { GrowingAnswer } from '../runs/runs-service.ts';

/** What the next place is found with. */
export type NextPlaceParts = {
  readonly routing: Pick<RoutingService, 'next'>;
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly logger: Logger;
};

/** A decision for this machine. */
export const here = (reason: RouteReason): RoutingDecision => ({
  route: { zone: 'local', reason },
  remoteId: null,
  isAsked: false,
  others: [],
});

/** Failures that say why nothing may leave at all: no other remote is tried after them. */
const stayingReasons: Partial<Record<AppErrorCode, RouteReason>> = {
  'cloud/leak': 'private-content',
  'cloud/budget-spent': 'budget-spent',
  'egress/offline': 'offline',
  'egress/purpose-not-allowed': 'offline',
  'egress/mode-off': 'mode-off',
};

/** Why the answer is here, or why there is none, after a try elsewhere failed before anything left. */
export function reasonForStaying(code: AppErrorCode): RouteReason {
  if (code === 'cloud/no-remote') return 'no-remote';
  if (code === 'egress/local-only') return 'local-only';
  return stayingReasons[code] ?? 'remote-failed';
}

/** The decision with nobody left to ask but the person's own servers, which bill nothing and are no cloud. */
async function withOwnServersOnly(
  decision: RoutingDecision,
  { remotes }: Pick<NextPlaceParts, 'remotes'>,
): Promise<RoutingDecision> {
  const zones = new Map<string, RemoteZone>((await remotes.list()).map(({ id, zone }) => [id, zone]));
  return { ...decision, others: decision.others.filter(({ remoteId }) => zones.get(remoteId) === 'own-server') };
}

/** The first of the own servers, or this machine for the reason that is given. */
async function nextOwnServer(
  decision: RoutingDecision,
  reason: RouteReason,
  parts: NextPlaceParts,
): Promise<RoutingDecision> {
  const next = await parts.routing.next(await withOwnServersOnly(decision, parts));
  return next.route.reason === 'remote-failed' && next.remoteId === null ? here(reason) : next;
}

/** The person turned the way out off while the answer came; what had come of it decides what is done. */
function afterLock({ details }: AppError): RoutingDecision {
  return here(details['because'] === 'mode-off' ? 'mode-off' : 'offline');
}

/**
 * Where an answer goes on after a try elsewhere failed before its first word. One that may have been billed is followed by
 * nobody who bills again. Throws the failure where it is the person's turn.
 */
export async function placeAfter(
  failure: AppError,
  decision: RoutingDecision,
  answer: Pick<GrowingAnswer, 'addNotice'>,
  parts: NextPlaceParts,
): Promise<RoutingDecision> {
  const { code, details } = failure;
  parts.logger.warn('remote-failed', { code, zone: decision.route.zone, mayBeBilled: details['mayBeBilled'] === true });
  const reason = stayingReasons[code];
  if (reason !== undefined) return here(reason);
  if (code === 'cloud/ended-by-lock') return afterLock(failure);
  if (code === 'egress/local-only') return await nextOwnServer(decision, 'local-only', parts);
  // Also what failed before the provider knew of it, such as a keychain that is locked.
  const mayBeBilled = /^(provider|egress)\//.test(code) ? details['mayBeBilled'] !== false : false;
  if (code === 'provider/refused') {
    answer.addNotice('remote-refused');
    const isPaid = mayBeBilled && decision.route.zone === 'cloud';
    return isPaid ? await nextOwnServer(decision, 'remote-failed', parts) : await parts.routing.next(decision);
  }
  if (mayBeBilled) throw failure;
  answer.addNotice('remote-failed');
  return await parts.routing.next(decision);
}
