import type { App } from '../app/app.ts';
import { readEarlySettings } from '../platform/early-settings.ts';
import { AppError } from '../shared/app-error.ts';
import type { Settings } from '../shared/settings.ts';

/** The settings that the shell itself keeps to. */
export type ShellSettings = Pick<Settings, 'language' | 'theme'> & Partial<Pick<Settings, 'checksSpelling'>>;

/**
 * Tells of the settings while they are open, of what they left outside before, and of each change, and whether the chats are open.
 * Ends with the app.
 */
export async function followSettings(
  { platform, access, services }: Pick<App, 'platform' | 'access' | 'services'>,
  apply: (settings: ShellSettings) => void,
  onOpen: (isOpen: boolean) => void,
): Promise<void> {
  try {
    apply(await readEarlySettings(platform.folders.data));
    let followed: App['services']['settings'] | null = null;
    for await (const { state } of access.watch(new AbortController().signal)) {
      if (state === 'open' && services.settings !== followed) {
        const { settings } = services;
        followed = settings;
        // Gone with the settings themselves when they are locked.
        settings.onChange(apply);
        apply(await settings.get());
      }
      onOpen(state === 'open');
    }
  } catch (error) {
    platform.logger.warn('settings-not-followed', { code: AppError.from(error).code });
  }
}
