import { app } from 'electron';
import { findWeakeningSwitch } from '../guards/weakening-switch.ts';
import type { Platform } from '../platform/platform.ts';
import { createWords, spokenLanguage } from '../shared/words.ts';

/** Whether a release was started with a switch that takes a wall away; says so on the terminal. Development may. */
export function isStartRefused(platform: Platform): boolean {
  if (!app.isPackaged) return false;
  const name = findWeakeningSwitch(process.argv.slice(1), platform.operatingSystem);
  if (name === null) return false;
  const words = createWords(spokenLanguage('system', [platform.systemLanguage]));
  process.stderr.write(`${words.t('terminal:problem.weakeningSwitch', { name })}\n`);
  return true;
}
