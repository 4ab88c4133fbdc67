import { AppError } from '../../shared/app-error.ts';
import type { BilledTokens, Cost, UsageService } from '../usage/usage-service.ts';
import type { PreparedRequest, RemoteWithModel, RequestSource } from './prepare-request.ts';
import { guessTurnTokens, mostTokens } from './token-guess.ts';

type Spending = Pick<UsageService, 'cost' | 'canSpend'>;

/** What stands in the way where the month has not so much left. */
export const budgetSpent = (): AppError =>
  new AppError('cloud/budget-spent', 'The budget of the month is spent.', { mayBeBilled: false });

/** The name that prices are known by. */
export const pricedAs = ({ kind, baseUrl }: RemoteWithModel): string => (kind === 'openai-compatible' ? baseUrl : kind);

async function costOf(
  remote: RemoteWithModel,
  tokens: BilledTokens,
  usage: Pick<UsageService, 'cost'>,
): Promise<Cost | null> {
  return remote.zone === 'own-server' ? null : await usage.cost(pricedAs(remote), remote.modelName, tokens);
}

/** What a request costs at most; null for a server of the person's own. */
export async function mostCostOf(
  { source: { remote }, captured }: PreparedRequest,
  usage: Pick<UsageService, 'cost'>,
): Promise<Cost | null> {
  const tokens = { inputTokens: mostTokens(captured.body), outputTokens: captured.request.maxTokens };
  return await costOf(remote, tokens, usage);
}

async function requireRoom(cost: Cost | null, usage: Spending): Promise<void> {
  if (cost !== null && !(await usage.canSpend(cost.costMicroDollars))) throw budgetSpent();
}

/** Throws `cloud/budget-spent` for a request that cannot be paid. Nothing is set aside: sending looks once more. */
export async function requireBudget(prepared: PreparedRequest, usage: Spending): Promise<void> {
  await requireRoom(await mostCostOf(prepared, usage), usage);
}

/**
 * The same before the work of preparing it, where the tokens are only guessed: what passes here may yet be too dear, what does
 * not is too dear in any case.
 */
export async function requireBudgetFor({ remote, turns, request }: RequestSource, usage: Spending): Promise<void> {
  const tokens = { inputTokens: guessTurnTokens(turns), outputTokens: request.maxTokens };
  await requireRoom(await costOf(remote, tokens, usage), usage);
}
