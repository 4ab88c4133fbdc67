import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
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

  // The real ones are accessors and not plain properties; a way out that stays open would print something else.
  it('closes what this runtime really offers', async () => {
    const url = pathToFileURL(join(import.meta.dirname, 'deny-network.ts')).href;
    const program = `
      const { denyNetwork } = await import(${JSON.stringify(url)});
      denyNetwork(globalThis);
      const codes = [() => fetch('http://127.0.0.1:1/'), () => new WebSocket('ws://127.0.0.1:1/')].map((attempt) => {
        try {
          return String(attempt());
        } catch (error) {
          return error.code;
        }
      });
      console.log(codes.join(' '));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout.trim()).toBe('egress/not-allowed egress/not-allowed');
  });
});
