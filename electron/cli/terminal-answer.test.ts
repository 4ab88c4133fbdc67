import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createWords } from '../shared/words.ts';
import { askAnswer } from './terminal-answer.ts';
import { Terminal } from './terminal.ts';

function createScreen({ isTTY = true } = {}) {
  const shown: string[] = [];
  const stdin = Object.assign(new PassThrough(), { isTTY, setRawMode: () => stdin });
  const write = (text: string): boolean => shown.push(text) > 0;
  return { stdin, stderr: { isTTY, write }, stdout: { isTTY, write }, shown };
}
type Streams = ReturnType<typeof createScreen> & ConstructorParameters<typeof Terminal>[1];
const never = new AbortController().signal;

describe('askAnswer', () => {
  it('gives what was typed up to the end of the line', async () => {
    // The fake keyboard has no more of a terminal than the function takes from it.
    const screen = createScreen() as Streams;
    const asked = askAnswer(screen, 'Really?', never);
    screen.stdin.emit('data', 'y');
    screen.stdin.emit('data', 'es \nmore');
    expect(await asked).toBe('yes');
    expect(screen.shown).toEqual(['Really? ']);
  });

  // Catches a program that cannot be ended while it asks.
  it('gives up with Ctrl+C', async () => {
    const stop = new AbortController();
    const asked = askAnswer(createScreen() as Streams, 'Really?', stop.signal);
    stop.abort();
    expect(await asked).toBeNull();
  });

  it('asks nobody where there is no screen', async () => {
    const screen = createScreen({ isTTY: false }) as Streams;
    expect(await askAnswer(screen, 'Really?', never)).toBeNull();
    expect(screen.shown).toEqual([]);
  });
});

describe('Terminal.confirm', () => {
  it.each([
    ['y\n', true],
    ['Yes\n', true],
    ['ja\r\n', true],
    ['\n', false],
    ['yesterday\n', false],
    ['n\n', false],
  ])('takes %j for %s', async (typed, expected) => {
    const screen = createScreen() as Streams;
    const terminal = new Terminal(createWords('en'), screen, false);
    const asked = terminal.confirm('Really?', never);
    screen.stdin.emit('data', typed);
    expect(await asked).toBe(expected);
  });
});
