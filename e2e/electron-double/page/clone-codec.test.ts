import { describe, expect, it } from 'vitest';
import { decodeClone, encodeClone } from './clone-codec.ts';

const roundTrip = (value: unknown): unknown => decodeClone(encodeClone(structuredClone(value)));

describe('clone codec', () => {
  it.each([
    ['text that looks like a tag', { date: 5, seen: 0, object: { map: [] } }],
    ['nested empty values', [{}, [], '', null, undefined, [undefined]]],
    ['a sparse tree of kinds', new Map<unknown, unknown>([[{ key: 1 }, new Set([new Date(0), /x/gi, 5n])]])],
    ['numbers that JSON has not', [Infinity, -Infinity, Number.NaN, 1e300]],
    ['a view on a part of a buffer', new Uint16Array(new Uint16Array([1, 2, 3]).buffer, 2, 1)],
    ['bytes with every value', Uint8Array.from({ length: 256 }, (_, at) => at)],
  ])('returns %s as it was', (_, value) => {
    expect(roundTrip(value)).toEqual(value);
  });

  it('keeps a shared object shared, and a circle closed', () => {
    const shared = { name: 'one' };
    const circle: unknown[] = [shared, shared];
    circle.push(circle);
    const got = roundTrip(circle);
    if (!Array.isArray(got)) throw new Error('not a list');
    expect(got[0]).toBe(got[1]);
    expect(got[2]).toBe(got);
  });

  it('refuses what a structured clone would not carry', () => {
    expect(() => encodeClone({ act: () => undefined })).toThrow('could not be cloned');
    expect(() => encodeClone({ held: new Blob(['x']) })).toThrow('could not be cloned');
  });
});
