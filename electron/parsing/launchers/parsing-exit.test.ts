import { describe, expect, it } from 'vitest';
import { parsingExit } from './parsing-exit.ts';

describe('parsingExit', () => {
  // A crash that is told as lack of memory blames a document for a fault of ours, and the other way round.
  it.each([
    ['the watchdog', null, 'SIGKILL', 'linux', true],
    ['the engine out of heap', null, 'SIGABRT', 'darwin', true],
    ['the engine out of heap, in a utility process', 134, null, 'darwin', true],
    ['the watchdog on Windows', 1, null, 'win32', true],
    ['a failure of the worker', 70, null, 'win32', false],
    ['a failure of the worker', 70, null, 'linux', false],
    ['a script that cannot be started', 1, null, 'linux', false],
    ['a crash of native code', null, 'SIGSEGV', 'linux', false],
  ] as const)('tells %s (code %s, %s, %s)', (_what, code, signal, platform, isOutOfMemory) => {
    expect(parsingExit(code, signal, platform)).toEqual({ isOutOfMemory });
  });
});
