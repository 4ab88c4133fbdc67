import { AppError } from '../../electron/shared/app-error.ts';
import type { ModelsService } from '../../electron/services/models/models-service.ts';

const noCall = async (): Promise<never> => {
  throw new AppError('app/later-capability', 'the gallery does not do this', { name: 'models' });
};

/** Calls of the models service that no picture of the gallery shows; one that does has its own. */
export const unshownModelCalls: Pick<
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
  | 'recordInstalled'
> = {
  link: noCall,
  linkForeign: noCall,
  remove: noCall,
  restore: noCall,
  detail: noCall,
  setOptions: noCall,
  verify: noCall,
  discard: noCall,
  importAdapter: noCall,
  foreign: async () => [],
  quarantined: async () => [],
  adapters: async () => [],
  loadOptions: async () => ({}),
  recordInstalled: async () => undefined,
};
