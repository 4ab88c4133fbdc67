import { AppError } from '../../shared/app-error.ts';
import type { ModelsService } from './models-service.ts';

const later = async (): Promise<never> => {
  throw new AppError('app/later-capability', 'comes later', { name: 'models' });
};

/** What this version cannot do yet, and says so. */
export const laterModelCalls: Pick<
  ModelsService,
  | 'link'
  | 'linkForeign'
  | 'remove'
  | 'restore'
  | 'detail'
  | 'setOptions'
  | 'verify'
  | 'discard'
  | 'importAdapter'
  | 'foreign'
  | 'quarantined'
  | 'adapters'
  | 'loadOptions'
> = {
  link: later,
  linkForeign: later,
  remove: later,
  restore: later,
  detail: later,
  setOptions: later,
  verify: later,
  discard: later,
  importAdapter: later,
  foreign: async () => [],
  quarantined: async () => [],
  adapters: async () => [],
  loadOptions: async () => ({}),
};
