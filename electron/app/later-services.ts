import { AppError } from '../shared/app-error.ts';
import type { DownloadsService } from '../services/downloads/downloads-service.ts';
import type { HubService } from '../services/hub/hub-service.ts';
import type { KeysService } from '../services/keys/keys-service.ts';

const later = async (): Promise<never> => {
  throw new AppError('app/later-capability', 'comes later', { name: 'models' });
};

export const laterHub: HubService = {
  host: async () => 'huggingface.co',
  search: later,
  repository: later,
  range: later,
  byteSource: () => ({ read: later }),
};
export const laterDownloads: DownloadsService = {
  list: () => [],
  async *watch() {
    yield [];
  },
  start: later,
  pause: later,
  resume: later,
  cancel: later,
  onInstalled: () => () => undefined,
  close: async () => undefined,
};
export const laterKeys: KeysService = { status: async () => [], set: later, remove: later, read: async () => null };
