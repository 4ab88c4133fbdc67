import { AppError } from '../../shared/app-error.ts';
import type { ConversationOptions } from '../../shared/conversation.ts';
import type { RemoteId } from '../../shared/ids.ts';
import type { Remote } from '../../shared/remote.ts';
import type { KeysService } from '../keys/keys-service.ts';
import type { RemotesService } from '../remotes/remotes-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { UsageService } from '../usage/usage-service.ts';
import type { PreparedRequest, RemoteWithModel } from './prepare-request.ts';
import { requireBudget } from './request-cost.ts';

/** What is looked at when a person says "send". */
export type CheckSendingParts = {
  readonly settings: Pick<SettingsService, 'get'>;
  readonly remotes: Pick<RemotesService, 'list'>;
  readonly keys: Pick<KeysService, 'read'>;
  readonly usage: Pick<UsageService, 'cost' | 'canSpend'>;
};

/** What is known of the conversation and of the request when it was shown first. */
export type ShownFor = {
  readonly isLocalOnly: () => Promise<boolean>;
  /** A key that was there and is gone was taken away: nothing goes there without it. */
  readonly hadKey: boolean;
};

const hostOf = ({ baseUrl }: Remote): string => URL.parse(baseUrl)?.host ?? '';

const nothingLeft = { mayBeBilled: false } as const;

/** What of a remote a person saw, and what decides who reads the request. */
const destinationOf = ({ kind, zone, baseUrl, modelName }: Remote): string =>
  JSON.stringify([kind, zone, baseUrl, modelName]);

/** True when the request would go to another place, or another model there, than the one that was shown. */
export function hasMoved(shown: Remote, now: Remote): boolean {
  return destinationOf(shown) !== destinationOf(now);
}

/** What "always" is said of: who reads it, and at which address. */
const addressOf = ({ zone, baseUrl }: Remote): string => `${zone} ${baseUrl}`;

/** What a conversation remembers of "always", said of this remote. */
export const goesUnseenTo = (
  remote: Remote,
): Pick<ConversationOptions, 'sendsWithoutPreview' | 'sendsWithoutPreviewTo'> => ({
  sendsWithoutPreview: true,
  sendsWithoutPreviewTo: addressOf(remote),
});

/** True where the person said it in this conversation, of this address. */
export function goesUnseen(options: ConversationOptions, remote: Remote): boolean {
  return options.sendsWithoutPreview === true && options.sendsWithoutPreviewTo === addressOf(remote);
}

async function requireRemote(id: RemoteId, remotes: CheckSendingParts['remotes']): Promise<RemoteWithModel> {
  const remote = (await remotes.list()).find((one) => one.id === id);
  const modelName = remote?.modelName ?? null;
  if (remote !== undefined && modelName !== null) return { ...remote, modelName };
  throw new AppError('cloud/no-remote', 'The remote is not set up any more.', nothingLeft);
}

/**
 * Looks once more at everything that may have changed while a request waited for a person, so that what stands in the way is
 * told beside the preview and not after it is gone. It explains; who enforces is the egress policy. Returns the remote as it
 * is now, which may have moved. Throws `egress/offline`, `egress/purpose-not-allowed`, `egress/mode-off`,
 * `egress/local-only`, `cloud/no-remote`, `cloud/budget-spent`, `provider/no-key` and `access/keychain-unavailable`.
 */
export async function checkSending(
  prepared: PreparedRequest,
  { isLocalOnly, hadKey }: ShownFor,
  { settings, remotes, keys, usage }: CheckSendingParts,
): Promise<RemoteWithModel> {
  const { isOffline, allowedPurposes, cloudMode } = await settings.get();
  const shown = prepared.source.remote;
  const details = { host: hostOf(shown), purpose: 'provider', ...nothingLeft };
  if (isOffline) throw new AppError('egress/offline', 'The offline lock is on.', details);
  if (!allowedPurposes.includes('provider')) {
    throw new AppError('egress/purpose-not-allowed', 'Large models are not allowed any more.', details);
  }
  if (cloudMode === 'off') throw new AppError('egress/mode-off', 'Large models are turned off.', details);
  const remote = await requireRemote(shown.id, remotes);
  if (remote.zone === 'cloud' && (await isLocalOnly())) {
    throw new AppError('egress/local-only', 'What it is made from stays on this computer.', details);
  }
  if (hasMoved(shown, remote)) return remote;
  await requireBudget(prepared, usage);
  const key = await keys.read(remote.id);
  if (key === null && hadKey) throw new AppError('provider/no-key', 'The key was removed.', details);
  return remote;
}
