import type { ElectronApplication } from '@playwright/test';
import type { Desk } from '../electron-double/desk.ts';

type Names = { readonly [Name in keyof Desk]: Name }[keyof Desk];

/** Does something at the desk of the double, or reads from it; real Electron has none. */
export async function atDesk<Name extends Names>(
  application: ElectronApplication,
  name: Name,
  ...given: Parameters<Desk[Name]>
): Promise<ReturnType<Desk[Name]>> {
  const answer = await application.evaluate(
    (_electron, [key, called, parameters]) => {
      // The object that the double keeps for specs; the parameters were checked where this was called.
      const desk = Reflect.get(globalThis, Symbol.for(key)) as Record<string, (...all: unknown[]) => unknown>;
      return desk[called]?.(...parameters);
    },
    ['electron-double.desk', name, given] as const,
  );
  return answer as ReturnType<Desk[Name]>; // what the named function of the desk answers
}
