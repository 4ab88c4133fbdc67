import { describe, expect, it } from 'vitest';
import { createPictureCache } from './picture-cache.ts';

const picture = (sizeBytes: number): Uint8Array => new Uint8Array(sizeBytes);

describe('createPictureCache', () => {
  it('lets the picture go that nobody has asked for the longest', () => {
    const cache = createPictureCache(100);
    cache.put('a', picture(40));
    cache.put('b', picture(40));
    cache.get('a');
    cache.put('c', picture(40));
    expect([cache.get('a'), cache.get('b'), cache.get('c')].map((bytes) => bytes !== null)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('counts a picture that is put twice once', () => {
    // Catches a cache that believes itself full and keeps nothing.
    const cache = createPictureCache(100);
    for (let time = 0; time < 5; time += 1) cache.put('a', picture(60));
    cache.put('b', picture(40));
    expect(cache.get('a')).not.toBeNull();
    expect(cache.get('b')).not.toBeNull();
  });

  it('does not keep one that is larger than itself, nor throw the others out for it', () => {
    const cache = createPictureCache(100);
    cache.put('a', picture(60));
    cache.put('b', picture(101));
    expect(cache.get('a')).not.toBeNull();
    expect(cache.get('b')).toBeNull();
  });

  it('forgets by the beginning of the key', () => {
    const cache = createPictureCache(100);
    cache.put('one:1', picture(1));
    cache.put('two:1', picture(1));
    cache.forget('one:');
    expect(cache.get('one:1')).toBeNull();
    expect(cache.get('two:1')).not.toBeNull();
  });
});
