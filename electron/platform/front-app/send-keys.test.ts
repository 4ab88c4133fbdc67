import { describe, expect, it } from 'vitest';
import { readKeysResult, sendKeys } from './send-keys.ts';

const notAllowed =
  '36:80: execution error: System Events got an error: osascript is not allowed to send keystrokes. (1002)';
const notAuthorized = 'execution error: Keine Berechtigung zum Senden von Apple-Events an System Events. (-1743)';

describe('readKeysResult', () => {
  it.each([
    ['darwin', { exitCode: 0, isTimedOut: false, errorOutput: '' }, 'sent'],
    ['darwin', { exitCode: 1, isTimedOut: false, errorOutput: notAllowed }, 'refused'],
    // The words are in the user's language; only the number can be relied on.
    ['darwin', { exitCode: 1, isTimedOut: false, errorOutput: notAuthorized }, 'refused'],
    ['darwin', { exitCode: null, isTimedOut: true, errorOutput: '' }, 'refused'],
    ['darwin', { exitCode: 1, isTimedOut: false, errorOutput: 'syntax error (-2741)' }, 'failed'],
    ['win32', { exitCode: 1, isTimedOut: false, errorOutput: '(1002)' }, 'failed'],
    ['win32', { exitCode: null, isTimedOut: true, errorOutput: '' }, 'failed'],
    ['linux', { exitCode: 0, isTimedOut: false, errorOutput: 'warning' }, 'sent'],
    ['linux', { exitCode: null, isTimedOut: false, errorOutput: '' }, 'failed'],
  ] as const)('on %s: %j is %s', (operatingSystem, result, outcome) => {
    expect(readKeysResult(operatingSystem, result)).toBe(outcome);
  });
});

describe('sendKeys', () => {
  const program = (script: string): { file: string; arguments: string[] } => ({
    file: process.execPath,
    arguments: ['-e', script],
  });

  it('is sent when the program ends well', async () => {
    expect(await sendKeys(program(''), 'linux')).toBe('sent');
  });
  it('reads what the program says about its failure', async () => {
    expect(await sendKeys(program(`console.error(${JSON.stringify(notAllowed)}); process.exit(1)`), 'darwin')).toBe(
      'refused',
    );
  });
  it('fails when the program is missing', async () => {
    expect(await sendKeys({ file: '/nowhere/sotto-keys', arguments: [] }, 'darwin')).toBe('failed');
  });
  // A program that waits for a dialog behind the window would leave quick-ask hidden for ever.
  it('ends a program that hangs', async () => {
    expect(await sendKeys(program('setInterval(() => {}, 1000)'), 'linux', 200)).toBe('failed');
  });
});
