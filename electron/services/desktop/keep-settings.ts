import type { Desktop } from '../../platform/desktop.ts';
import type { DesktopState } from '../../shared/desktop.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { absentDesktopState } from './absent-desktop-state.ts';
import type { CarefulDesktop } from './careful-desktop.ts';
import { planDesktopSteps, takeDesktopStep } from './desktop-settings.ts';
import type { DesktopSettings } from './desktop-settings.ts';

/** Keeps the desktop as the settings say, now and after each change of them, one after the other, until the signal. */
export async function keepSettings(
  {
    desktop,
    careful,
    settings,
  }: {
    readonly desktop: Pick<Desktop, 'watch'>;
    readonly careful: CarefulDesktop;
    readonly settings: Pick<SettingsService, 'get' | 'onChange'>;
  },
  signal: AbortSignal,
): Promise<void> {
  let change = Promise.withResolvers<void>();
  const announce = (): void => change.resolve();
  const unsubscribe = settings.onChange(announce);
  signal.addEventListener('abort', announce, { once: true });
  try {
    const state = await firstState(desktop, signal);
    let before: DesktopSettings | null = null;
    while (!signal.aborted) {
      change = Promise.withResolvers();
      const wanted = await settings.get();
      for (const step of planDesktopSteps(wanted, before, state)) await takeDesktopStep(careful, step);
      before = wanted;
      await change.promise;
    }
  } finally {
    unsubscribe();
  }
}

/** Where nothing is known, everything is told. */
async function firstState(desktop: Pick<Desktop, 'watch'>, signal: AbortSignal): Promise<DesktopState> {
  const leaving = new AbortController();
  try {
    for await (const state of desktop.watch(AbortSignal.any([signal, leaving.signal]))) return state;
  } catch {
    // A desktop that says nothing of itself can be told all the same; what fails then is noted there.
  } finally {
    leaving.abort();
  }
  return absentDesktopState;
}
