import type { Chromium } from './chromium.ts';

/** The one Chromium of this process; windows wait for it, and the life cycle of the app provides it. */
export const chromiumHost: PromiseWithResolvers<Chromium> = Promise.withResolvers<Chromium>();
