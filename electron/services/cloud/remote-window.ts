import { AppError } from '../../shared/app-error.ts';
import type { RemoteZone } from '../../shared/remote.ts';
import type { UsageService } from '../usage/usage-service.ts';
import type { RemoteWithModel, RequestSource } from './prepare-request.ts';
import { pricedAs } from './request-cost.ts';
import { guessTurnTokens } from './token-guess.ts';

/** Tokens of prompt and answer at most: large models read more, and what they read more is money or a long wait. */
const mostTokens = 100_000;
/** The same where nobody says how much the model reads: servers of one's own are often started with no more. */
const unknownTokens: Readonly<Record<RemoteZone, number>> = { 'own-server': 32_768, cloud: mostTokens };
/** Share of what a model reads that is filled: tokens are guessed, and one too many is an answer that never comes. */
const filledShare = 0.85;
/** An answer shorter than this is not worth beginning. */
const leastAnswerTokens = 32;

/** Tokens that prompt and answer may have together, as the remote's own list says, else as the price list does. */
export async function windowTokensOf(
  remote: RemoteWithModel,
  usage: Pick<UsageService, 'contextTokens'>,
): Promise<number> {
  const { zone, contextTokens, modelName } = remote;
  const listed = zone === 'cloud' ? await usage.contextTokens(pricedAs(remote), modelName) : null;
  const known = contextTokens ?? listed;
  return known === null ? unknownTokens[zone] : Math.min(mostTokens, Math.floor(known * filledShare));
}

/**
 * The request with no longer an answer than there is room for in the window of its remote. Throws `provider/too-long` where
 * there is room for none, before anything left.
 */
export async function fitToWindow(
  source: RequestSource,
  usage: Pick<UsageService, 'contextTokens'>,
): Promise<RequestSource> {
  const { remote, request, turns } = source;
  const room = (await windowTokensOf(remote, usage)) - guessTurnTokens(turns);
  if (room < leastAnswerTokens) {
    const details = { host: URL.parse(remote.baseUrl)?.host ?? '', mayBeBilled: false };
    throw new AppError('provider/too-long', 'The request is longer than what the model reads.', details);
  }
  return room >= request.maxTokens ? source : { ...source, request: { ...request, maxTokens: room } };
}
