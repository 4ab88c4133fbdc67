import { createRouterClient } from '@orpc/server';
import type { QuickAskWindow, Services } from '../../electron/api/context.ts';
import { router } from '../../electron/api/router.ts';
import { settingsSchema } from '../../electron/shared/settings.ts';
import type { Settings } from '../../electron/shared/settings.ts';
import { createApi } from '../api/api-context.tsx';
import type { Api } from '../api/api-context.tsx';
import type { Line } from '../api/door.ts';

/** Parts of services that a test answers with; the rest is never asked. */
export type ServiceParts = { readonly [Name in keyof Services]?: Partial<Services[Name]> };

/** Settings that change as the real ones do. */
export function changingSettings(first: Partial<Settings> = {}): Pick<Services['settings'], 'get' | 'update'> {
  let current = settingsSchema.parse(first);
  return {
    get: () => Promise.resolve(current),
    update: (patch) => {
      current = settingsSchema.parse({ ...current, ...patch });
      return Promise.resolve(current);
    },
  };
}

/** The window's side of the contract over the real router, which checks what the window sends, and services of a test. */
export function createRouterDouble(
  services: ServiceParts,
  door: 'browser' | 'window' = 'browser',
  quickAskWindow: QuickAskWindow = { hide: () => undefined, setHeight: () => undefined },
): Api {
  const context = {
    // What is not there is not called by what the test shows; a call of it would fail the test.
    services: services as Services,
    description: { version: '0', door, operatingSystem: 'linux', dataFolder: '/d', modelFolder: '/m' } as const,
    look: () => Promise.resolve({ language: 'en', theme: 'light' } as const),
    canNamePaths: false,
    openExternal: () => Promise.resolve(),
    quickAskWindow,
    // Models know nothing of locking.
    access: undefined as never,
  };
  // The client is a tree of calls by the same names as the router's.
  const client = createRouterClient(router, { context }) as unknown as Record<
    string,
    Record<string, (input: unknown, options: object) => Promise<unknown>>
  >;
  const line: Line = {
    closed: new Promise<void>(() => undefined),
    link: {
      call: ([group = '', name = ''], input, { signal }) =>
        client[group]?.[name]?.(input, { signal }) ?? Promise.reject(new Error(`There is no ${group}.${name}.`)),
    },
  };
  return createApi({
    kind: door === 'window' ? 'desktop' : 'browser',
    open: () => Promise.resolve(line),
    ticketFor: () => Promise.reject(new Error('This double takes no files.')),
  });
}
