import type { Services } from '../api/context.ts';
import { createEgress } from '../egress/create-egress.ts';
import type { Egress, EgressLedger } from '../egress/egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import { secretsUntil } from '../services/access/secrets-until.ts';
import { createDownloadsService } from '../services/downloads/create-downloads-service.ts';
import { DownloadFolder } from '../services/downloads/download-folder.ts';
import { createHubService } from '../services/hub/create-hub-service.ts';
import { createKeysService } from '../services/keys/create-keys-service.ts';
import type { HubService } from '../services/hub/hub-service.ts';
import { modelIdOf } from '../services/models/hash-model-file.ts';
import { digestOfParts } from '../services/models/split-files.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import type { Foundation } from './open-foundation.ts';

/** The way out, and who is asked there with which keys. */
export function composeWayOut(
  options: AppOptions,
  foundation: Foundation,
  ends: CloseStack,
): Pick<Services, 'keys'> & { readonly egress: Egress; readonly hub: HubService } {
  const keys = composeKeys(options, foundation, ends);
  const egress = composeEgress(options, foundation);
  return { egress, keys, hub: composeHub(options, foundation, { egress, keys }) };
}

/** Keys of the person, where the chats' own key is. */
function composeKeys(
  { platform, secrets }: AppOptions,
  { storage, keeping }: Foundation,
  ends: CloseStack,
): Services['keys'] {
  // What ends does not wait for a dialog of the keychain.
  const closing = ends.add('keychain', new AbortController(), (opened) => opened.abort());
  return createKeysService({
    secrets: storage.secrets,
    forget: async () => await storage.maintenance.writeBack(),
    remotes: storage.remotes,
    keychain: secretsUntil(secrets, closing.signal),
    keeping,
    logger: platform.logger,
  });
}

/** The only way out, by the settings and into the ledger of the moment. */
function composeEgress({ platform }: AppOptions, { storage, settings }: Foundation): Egress {
  const policy = createSettingsEgressPolicy(
    async () => await settings.get(),
    async () => await storage.remotes.list(),
  );
  const ledger: EgressLedger = {
    insert: async (entry, body = null) => {
      const isKept = body !== null && (await settings.get()).keepsSentBodies;
      await storage.ledger.insert(entry, isKept ? body : null);
    },
    update: async (id, change) => await storage.ledger.update(id, change),
  };
  return createEgress({ policy, ledger, clock: platform.clock });
}

/** Where models come from, with the person's token. */
function composeHub(
  { platform }: AppOptions,
  { settings }: Foundation,
  { egress, keys }: { readonly egress: Egress; readonly keys: Services['keys'] },
): HubService {
  return createHubService({
    egress,
    clock: platform.clock,
    address: async () => (await settings.get()).hubAddress,
    token: async () => await keys.read('hub'),
  });
}

/** Models on their way; a model that arrives is in the list at once. */
export function composeDownloads(
  { platform }: AppOptions,
  { settings, storage }: Foundation,
  { hub, models }: { readonly hub: HubService; readonly models: Services['models'] },
  ends: CloseStack,
): Services['downloads'] {
  const { clock, logger, folders, door } = platform;
  return ends.add(
    'downloads',
    createDownloadsService({
      hub,
      clock,
      logger,
      folder: new DownloadFolder(folders.models),
      random: Math.random,
      limit: async () => (await settings.get()).downloadLimit,
      recordInstalled: async (file) => await models.recordInstalled(file),
      putAside: async (path, reason, name) => await models.putAside(path, reason, name),
      modelIdOf: (digests) => modelIdOf(digestOfParts(digests)),
      findInstalled: async (id) => (await models.list()).models.find((model) => model.id === id)?.name ?? null,
      // The terminal ends with its command, and a database that cannot be written has no ledger.
      goesOn: door !== 'terminal' && !storage.opened.isReadOnly,
    }),
    async (opened) => await opened.close(),
  );
}
