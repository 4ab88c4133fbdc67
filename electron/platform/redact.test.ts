import { describe, expect, it } from 'vitest';
import { createRedaction, loggedLengthLimit } from './redact.ts';

const textThrough = (home: string, text: string) => createRedaction(home)({ text })['text'];

describe('createRedaction', () => {
  it.each([
    ['/home/ada', '/home/ada/Letters/will.txt', '~/Letters/will.txt'],
    ['/home/ada', 'ENOENT: open "/home/ada"', 'ENOENT: open "~"'],
    ['/home/ada', '/home/adalbert/x', '~/x'],
    ['/home/ada', '/srv/home-made', '/srv/home-made'],
    ['/root', 'in /root/.local/share/sotto', 'in ~/.local/share/sotto'],
    ['C:\\Users\\Ada', 'C:\\Users\\Ada\\Documents', '~\\Documents'],
    ['C:\\Users\\Ada', 'file:///c:/users/ada/x', 'file:///~/x'],
    ['C:\\Users\\Ada', '"C:\\\\Users\\\\Ada\\\\x"', '"~\\\\x"'],
    ['/srv/people/ada', 'D:\\Users\\Bob\\x and /Users/bob/y', '~\\x and ~/y'],
    ['/', '/var/lib', '/var/lib'],
  ])('shows nothing of the home folder %j in %j', (home, text, expected) => {
    expect(textThrough(home, text)).toBe(expected);
  });

  it.each([
    ['sk-proj-4f9Q2mZx81LkPpA', 'sk-proj'],
    ['hf_AbCdEfGh12345678', 'hf_'],
    ['AIzaSyD4x9Qw8Er7Ty', 'AIza'],
    ['Authorization: Bearer abc.def', 'abc.def'],
    ['http://127.0.0.1:4000/#token=dG9rZW4', 'dG9rZW4'],
    ['{"api_key":"short1"}', 'short1'],
    ['password=hunter2&x=1', 'hunter2'],
    ['raw 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '9f86d081'],
    ['base64 q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEg==', 'q83v'],
  ])('hides what looks like a key in %j', (text, secret) => {
    const shown = textThrough('/home/ada', text);
    expect(shown).toContain('[redacted]');
    expect(shown).not.toContain(secret);
  });

  it('hides the whole value of a field that is named like a secret', () => {
    const redact = createRedaction('/home/ada');
    const fields = { apiKey: 'x', passphrase: 'a b', sessionToken: 'y', set_cookie: 'z', keyboard: 'de', tokens: 12 };
    expect(redact(fields)).toEqual({
      apiKey: '[redacted]',
      passphrase: '[redacted]',
      sessionToken: '[redacted]',
      set_cookie: '[redacted]',
      keyboard: 'de',
      tokens: 12,
    });
  });

  it('leaves what a log is for: ids, codes, numbers and truth values', () => {
    const fields = {
      runId: '0198c0de-7000-7abc-8def-0123456789ab',
      code: 'engine/crashed',
      model: 'SmolLM2-135M-Instruct.Q4_1.gguf',
      exitCode: 7,
      isSafeMode: true,
      none: null,
    };
    expect(createRedaction('/home/ada')(fields)).toEqual(fields);
  });

  it('cuts long text and tells how long it was', () => {
    const text = 'word '.repeat(10_000);
    expect(textThrough('/home/ada', text)).toBe(`${text.slice(0, loggedLengthLimit)}… (50000 characters)`);
  });

  // A secret that the cut splits would be too short to be recognised if cutting came first.
  it('hides a key that stands where long text is cut', () => {
    const text = `${'x '.repeat(loggedLengthLimit / 2 - 5)}${'a1'.repeat(40)}${' y'.repeat(100)}`;
    expect(textThrough('/home/ada', text)).not.toContain('a1a1');
  });
});
