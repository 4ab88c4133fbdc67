import { nativeTheme } from 'electron';
import type { App } from '../app/app.ts';
import { readEarlySettings } from '../platform/early-settings.ts';
import { AppError } from '../shared/app-error.ts';

/**
 * The window's frame and menus are as light or dark as its page, from the settings while they are open and from what they
 * left outside before. Ends with the app.
 */
export async function followTheme({ platform, access, services }: App): Promise<void> {
  try {
    nativeTheme.themeSource = (await readEarlySettings(platform.folders.data)).theme;
    let followed: App['services']['settings'] | null = null;
    for await (const { state } of access.watch(new AbortController().signal)) {
      if (state !== 'open' || services.settings === followed) continue;
      const { settings } = services;
      followed = settings;
      // Gone with the settings themselves when they are locked.
      settings.onChange(({ theme }) => {
        nativeTheme.themeSource = theme;
      });
      nativeTheme.themeSource = (await settings.get()).theme;
    }
  } catch (error) {
    platform.logger.warn('theme-not-followed', { code: AppError.from(error).code });
  }
}
