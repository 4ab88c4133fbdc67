import type { RemoteId } from '../../shared/ids.ts';
import type { Remote } from '../../shared/remote.ts';
import type { Route } from '../../shared/route.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { BilledTokens, UsageService } from '../usage/usage-service.ts';
import type { Candidate } from './apply-rules.ts';
import type { RemoteChoice, RoutingDecision } from './routing-service.ts';

/** Where remotes and their prices come from. */
export type RemoteChoicesOptions = {
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly usage: Pick<UsageService, 'cost' | 'canSpend'>;
};

type RemoteWithModel = Remote & { readonly modelName: string };

async function remotesWithModel({ remotes }: RemoteChoicesOptions): Promise<readonly RemoteWithModel[]> {
  return (await remotes.list()).flatMap((remote) =>
    remote.modelName === null ? [] : [{ ...remote, modelName: remote.modelName }],
  );
}

/** The remotes that have a model, with what so many tokens cost there. */
export async function listCandidates(
  tokens: BilledTokens,
  options: RemoteChoicesOptions,
): Promise<readonly Candidate[]> {
  const candidates: Candidate[] = [];
  for (const { id: remoteId, kind, zone, baseUrl, modelName } of await remotesWithModel(options)) {
    const provider = kind === 'openai-compatible' ? baseUrl : kind;
    const { costMicroDollars: mostCostMicroDollars } =
      zone === 'own-server' ? { costMicroDollars: 0 } : await options.usage.cost(provider, modelName, tokens);
    const canSpend = await options.usage.canSpend(mostCostMicroDollars);
    candidates.push({ remoteId, zone, mostCostMicroDollars, canSpend });
  }
  return candidates;
}

/** A decision for this machine. */
export const stayHere = (reason: Route['reason'], gain?: number): RoutingDecision => ({
  route: { zone: 'local', reason, ...(gain === undefined ? {} : { gain }) },
  remoteId: null,
  isAsked: false,
  others: [],
});

/** Why a question leaves, and whether the person sees it first. */
export type Leaving = {
  readonly reason: Route['reason'];
  readonly isAsked: boolean;
  readonly gain?: number;
};

/** A decision for the first of the choices that is still set up, the others in reserve; null where none is. */
export async function leaveFor(
  choices: readonly RemoteChoice[],
  { reason, isAsked, gain }: Leaving,
  options: RemoteChoicesOptions,
): Promise<RoutingDecision | null> {
  const known = new Map<RemoteId, RemoteWithModel>((await remotesWithModel(options)).map((one) => [one.id, one]));
  const [first, ...others] = choices.filter(({ remoteId }) => known.has(remoteId));
  const remote = first && known.get(first.remoteId);
  if (remote === undefined) return null;
  const { id, zone, name: remoteName, modelName } = remote;
  return {
    route: { zone, reason, remoteName, modelName, ...(gain === undefined ? {} : { gain }) },
    remoteId: id,
    isAsked,
    others: others.map(({ remoteId, mostCostMicroDollars }) => ({ remoteId, mostCostMicroDollars })),
  };
}
