import { describe, expect, it } from 'vitest';
import { resolveNamedPath } from './named-path.ts';

describe('named path', () => {
  it.each([
    ['notes.txt', '/home/me/here/notes.txt'],
    ['../there/', '/home/me/there'],
    ['/absolute/./x', '/absolute/x'],
    ['C.txt', '/home/me/here/C.txt'],
  ])('resolves %s', (name, path) => {
    expect(resolveNamedPath(name, '/home/me/here')).toEqual({ status: 'allowed', path });
  });
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['a\0b', 'not-a-path'],
    ['https://example.com/model.gguf', 'network'],
    ['file:///etc/passwd', 'network'],
    ['\\\\server\\share\\x', 'network'],
    ['//server/share', 'network'],
    ['\\\\?\\UNC\\server\\share', 'network'],
  ])('refuses %j', (name, reason) => {
    expect(resolveNamedPath(name, '/home/me/here')).toEqual({ status: 'refused', reason });
  });
});
