import { describe, expect, it } from 'vitest';
import { denyNetwork } from './deny-network.ts';

describe('denyNetwork', () => {
  it('closes every way out, for calls and for constructors', () => {
    const target = { fetch: () => 'out', WebSocket: class {}, EventSource: class {}, setTimeout };
    denyNetwork(target);
    const denial = expect.objectContaining({ code: 'egress/not-allowed' });
    expect(() => target.fetch()).toThrow(denial);
    expect(() => new target.WebSocket()).toThrow(denial);
    expect(() => new target.EventSource()).toThrow(denial);
    expect(target.setTimeout).toBe(setTimeout);
  });

  it('cannot be undone by assignment or redefinition, and adds nothing that was not there', () => {
    const target: { fetch: unknown } = { fetch: () => 'out' };
    denyNetwork(target);
    expect(() => {
      target.fetch = () => 'out again';
    }).toThrow(TypeError);
    expect(() => Object.defineProperty(target, 'fetch', { value: () => 'out again' })).toThrow(TypeError);
    expect(Object.keys(target)).toEqual(['fetch']);
  });
});
