import { AppError } from '../shared/app-error.ts';
import type { KeysService } from '../services/keys/keys-service.ts';

const later = async (): Promise<never> => {
  throw new AppError('app/later-capability', 'comes later', { name: 'models' });
};

export const laterKeys: KeysService = { status: async () => [], set: later, remove: later, read: async () => null };
