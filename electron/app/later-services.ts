import { AppError } from '../shared/app-error.ts';
import type { CatalogueService } from '../services/catalogue/catalogue-service.ts';
import type { DownloadsService } from '../services/downloads/downloads-service.ts';
import type { FitService } from '../services/fit/fit-service.ts';
import type { KeysService } from '../services/keys/keys-service.ts';

const later = async (): Promise<never> => {
  throw new AppError('app/later-capability', 'comes later', { name: 'models' });
};

export const laterCatalogue: CatalogueService = {
  list: async () => [],
  refresh: later,
  search: later,
  repository: later,
  fit: later,
  resolve: later,
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
export const laterFit: FitService = {
  machine: later,
  probe: later,
  predict: later,
  observe: async () => undefined,
  measurements: async () => [],
};
export const laterKeys: KeysService = { status: async () => [], set: later, remove: later, read: async () => null };
