import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { askSecret } from './terminal-secret.ts';

/** A keyboard and a screen; `raw` follows whether the keyboard echoes. */
function createScreen({ isTTY = true } = {}) {
  const shown: string[] = [];
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), {
    isTTY,
    setRawMode(isRaw: boolean) {
      raw.push(isRaw);
      return stdin;
    },
  });
  const stderr = { isTTY, write: (text: string) => shown.push(text) > 0 };
  return { stdin, stderr, shown, raw };
}

describe('askSecret', () => {
  it.each([
    ['what was typed', 'four words\r', 'four words'],
    ['letters of every script, corrected', 'Wört\u007f\u007f\u007förter 日本x\b\n', 'Wörter 日本'],
    ['nothing after the end of the line', 'first\rsecond\r', 'first'],
    ['no answer after Ctrl+C', 'half\u0003', null],
    ['no answer after Escape', '\u001b', null],
  ])('gives %s', async (_name, typed, answer) => {
    // The fake keyboard has no more of a terminal than the function takes from it.
    const screen = createScreen() as ReturnType<typeof createScreen> & Parameters<typeof askSecret>[0];
    const asked = askSecret(screen, 'Passphrase:');
    screen.stdin.write(typed);
    expect(await asked).toBe(answer);
    // Catches an echo, and a terminal that is left without one.
    expect(screen.shown).toEqual(['Passphrase: ', '\n']);
    expect(screen.raw).toEqual([true, false]);
  });

  it('asks nobody where there is no screen', async () => {
    const screen = createScreen({ isTTY: false }) as ReturnType<typeof createScreen> & Parameters<typeof askSecret>[0];
    expect(await askSecret(screen, 'Passphrase:')).toBeNull();
    expect(screen.shown).toEqual([]);
  });
});
