import { readEarlySettings } from '../platform/early-settings.ts';
import type { AccessService } from '../services/access/access-service.ts';
import { createAccessService } from '../services/access/create-access-service.ts';
import type { AccessState } from '../shared/access.ts';
import { AppError } from '../shared/app-error.ts';
import { createDamagedDatabase } from '../storage/damaged-database.ts';
import type { App, AppOptions } from './app.ts';
import { openChats, type OpenedApp } from './open-chats.ts';
import { holdDesktop } from './compose-desktop.ts';
import { openExternalLink } from './open-external-link.ts';
import { servicesWhileOpen } from './services-while-open.ts';

/**
 * Begins to open the app; what comes of it is in `access`. Everything that is opened later is closed with it. `release`
 * gives the data folder away, last: whoever takes it next finds nobody at work in it.
 */
export function createApp(options: AppOptions, release: () => Promise<void> = async () => undefined): App {
  const { platform, secrets, storageWorkerPath: workerPath } = options;
  const { clock, logger, folders, version, door, operatingSystem } = platform;
  let opened: OpenedApp | null = null;
  const current = (): OpenedApp => {
    if (opened === null) throw new AppError('access/locked', 'The chats are not open');
    return opened;
  };
  const access = createAccessService({
    dataFolder: folders.data,
    temporaryFolder: folders.temporary,
    secrets,
    clock,
    logger,
    openChats: async (opening) => {
      opened = await openChats(options, { ...opening, onClosing: () => (opened = null) });
      return opened.chats;
    },
    openDamaged: (file) => createDamagedDatabase(file, { workerPath, clock, logger }),
  });
  const services = servicesWhileOpen(() => current().services);
  const letGoOfDesktop = holdDesktop(options, access);
  const description = { version, door, operatingSystem, dataFolder: folders.data, modelFolder: folders.models };
  return {
    platform,
    access,
    services,
    get engine() {
      return current().engine;
    },
    whenSettled: async () => await whenSettled(access),
    context: ({ canNamePaths }) => ({
      services,
      access,
      description,
      look: async () => {
        const { language, theme } = await readEarlySettings(folders.data);
        return { language, theme };
      },
      canNamePaths,
      quickAskWindow: {
        hide: () => platform.desktop?.hideQuickAsk(),
        setHeight: (heightPixels) => platform.desktop?.setQuickAskHeight(heightPixels),
      },
      openExternal: async (url) => await openExternalLink(platform, url),
    }),
    close: async () => {
      await access.close();
      await letGoOfDesktop();
      await release();
    },
  };
}

async function whenSettled(access: AccessService): Promise<AccessState> {
  for await (const state of access.watch(new AbortController().signal)) {
    if (state.state !== 'opening') return state;
  }
  throw new AppError('app/closing', 'The app was closed before it opened');
}
