import { describe, expect, it } from 'vitest';
import { TextEmitter } from './text-emitter.ts';

/** Tokens are byte strings here, so that a character can be cut in two. */
const detokenize = (tokens: readonly Buffer[]): string => Buffer.concat(tokens).toString('utf8');
const pieces = (...parts: readonly (string | readonly number[])[]): Buffer[] => parts.map((part) => Buffer.from(part));

function emitAll(
  tokens: readonly Buffer[],
  stopStrings: readonly string[] = [],
): { texts: string[]; stopped: boolean } {
  const emitter = new TextEmitter<Buffer>(detokenize, stopStrings);
  const texts: string[] = [];
  for (const token of tokens) {
    const { text, isStopped } = emitter.push(token);
    if (text !== '') texts.push(text);
    if (isStopped) return { texts, stopped: true };
  }
  const rest = emitter.flush();
  return { texts: rest === '' ? texts : [...texts, rest], stopped: false };
}

describe('TextEmitter', () => {
  it('holds a token back when it ends inside a character', () => {
    const [grin] = pieces('😀');
    const { texts } = emitAll([grin!.subarray(0, 2), grin!.subarray(2), ...pieces('!')]);
    expect(texts).toEqual(['😀', '!']);
  });

  it('lets broken bytes through when no character comes of them', () => {
    const { texts } = emitAll(pieces([0xff], [0xff], [0xff], [0xff], 'ok'));
    expect(texts.join('')).toBe('\uFFFD\uFFFD\uFFFD\uFFFDok');
  });

  it('ends before a stop string that comes in several tokens', () => {
    expect(emitAll(pieces('Yes', '.\n', 'Us', 'er', ': no'), ['\nUser:'])).toEqual({
      texts: ['Yes', '.'],
      stopped: true,
    });
  });

  it('gives held text back when it was no stop string after all', () => {
    const { texts, stopped } = emitAll(pieces('a\nUs', 'e it'), ['\nUser:']);
    expect(texts.join('')).toBe('a\nUse it');
    expect(stopped).toBe(false);
  });

  it('gives held text back when the answer ends', () => {
    expect(emitAll(pieces('a', '\nUse'), ['\nUser:']).texts.join('')).toBe('a\nUse');
  });

  it('ends before the earliest of several stop strings', () => {
    expect(emitAll(pieces('one two three'), ['three', 'two']).texts).toEqual(['one ']);
  });
});
