import type { Services } from '../api/context.ts';
import type { InferenceEngine } from '../inference/engine.ts';
import type { OpenChats } from '../services/access/open-chats.ts';
import type { AppOptions } from './app.ts';
import { CloseStack } from './close-stack.ts';
import { composeServices } from './compose-services.ts';
import { openFoundation, type Foundation, type Ground } from './open-foundation.ts';
import { keepUp } from './keep-up.ts';
import { warmModel } from './warm-model.ts';

/** Everything that lives from opening to locking. */
export type OpenedApp = {
  readonly chats: OpenChats;
  readonly services: Services;
  readonly engine: InferenceEngine;
};

/** What is to be opened. */
export type Opening = Ground & {
  /** Called before anything ends, so that nobody takes from what is ending. */
  readonly onClosing: () => void;
};

/**
 * Builds every part over a database; whoever opens one registers its end on the same line, and the ends
 * run in reverse. No process but the database's thread starts here: engine and reader start with their first work.
 * Throws AppError `storage/*`, `disk/*`.
 */
export async function openChats(options: AppOptions, opening: Opening): Promise<OpenedApp> {
  const ends = new CloseStack(options.platform.logger);
  try {
    const foundation = await openFoundation(options, opening, ends);
    const { services, provider } = composeServices(options, foundation, ends);
    const closing = new AbortController();
    const chats = asOpenChats(foundation, services, async () => {
      opening.onClosing();
      closing.abort();
      await ends.close();
    });
    if (options.platform.door !== 'terminal') {
      void warmModel(provider, options.platform, closing.signal);
      void keepUp({ platform: options.platform, maintenance: foundation.storage.maintenance, chats }, closing.signal);
    }
    return { chats, services, engine: foundation.engine };
  } catch (error) {
    await ends.close();
    throw error;
  }
}

function asOpenChats(
  { storage, move, settings }: Foundation,
  services: Services,
  close: OpenChats['close'],
): OpenChats {
  return {
    get opened() {
      return storage.opened;
    },
    get isBusy() {
      return services.runs.isBusy || services.documents.progress !== null;
    },
    lockAfterMinutes: async () => (await settings.get()).lockAfterMinutes,
    move,
    carryKeys: async (change) => await services.keys.carry(change),
    close,
  };
}
