import type Electron from 'electron';
import type { Logger } from '../platform/logger.ts';

/** What the machine does around the app. */
export type PowerParts = {
  readonly powerMonitor: Pick<Electron.PowerMonitor, 'on' | 'off'>;
  /** The screen is locked, or the machine falls asleep, which locks it on most. */
  readonly onScreenLocked: () => void;
  /** Something else may be in force after a sleep: displays, the network, the colours. */
  readonly onAwake: () => void;
  readonly logger: Logger;
};

/** Follows it until it is closed. Only after Electron is ready. */
export function followPower({ powerMonitor, onScreenLocked, onAwake, logger }: PowerParts): { close(): void } {
  const suspend = (): void => {
    logger.info('power-suspended');
    onScreenLocked();
  };
  const resume = (): void => {
    logger.info('power-resumed');
    onAwake();
  };
  powerMonitor.on('lock-screen', onScreenLocked);
  powerMonitor.on('suspend', suspend);
  powerMonitor.on('resume', resume);
  return {
    close() {
      powerMonitor.off('lock-screen', onScreenLocked);
      powerMonitor.off('suspend', suspend);
      powerMonitor.off('resume', resume);
    },
  };
}
