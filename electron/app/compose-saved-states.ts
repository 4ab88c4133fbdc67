import { join } from 'node:path';
import { createSavedStatesService } from '../services/saved-states/create-saved-states-service.ts';
import type { SavedStatesService } from '../services/saved-states/saved-states-service.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import type { Foundation } from './open-foundation.ts';

/** What the model has read of long chats, in the data folder. Saved before the engine ends, which is opened earlier. */
export function composeSavedStates(
  { platform }: AppOptions,
  { storage, engine, settings, keeping }: Foundation,
  ends: CloseStack,
): SavedStatesService {
  const { clock, logger, folders } = platform;
  return ends.add(
    'saved-states',
    createSavedStatesService({
      storage,
      engine,
      settings,
      folder: join(folders.data, 'states'),
      isKept: () => keeping.current() !== 'session-only' && !storage.opened.isReadOnly,
      clock,
      logger,
    }),
    async (opened) => await opened.close(),
  );
}
