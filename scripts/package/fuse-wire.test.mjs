import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFuseFaults, wireOrder } from './fuse-wire.mjs';
import { fuses } from './fuses.mjs';

const root = join(import.meta.dirname, '../..');
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const decided = wireOrder.map((name) => (fuses.find((fuse) => fuse.name === name)?.isOn ? '1' : '0')).join('');

const program = (wire, version = 1) =>
  Buffer.concat([
    Buffer.alloc(5_000, 7),
    Buffer.from(sentinel),
    Buffer.from([version, wire.length]),
    Buffer.from(wire),
    Buffer.alloc(100, 1),
  ]);

describe('findFuseFaults', () => {
  it('finds none in a program whose fuses are as decided', () => {
    expect(findFuseFaults(program(decided))).toEqual([]);
  });

  // A program that comes without the step of the builder starts and works, and every fuse is open.
  it.each(wireOrder.map((name, place) => [name, place]))('finds %s when it is the other way', (name, place) => {
    const other = decided[place] === '1' ? '0' : '1';
    const wire = `${decided.slice(0, place)}${other}${decided.slice(place + 1)}`;
    expect(findFuseFaults(program(wire))).toEqual([expect.stringContaining(name)]);
  });

  it('finds what was taken away, what nobody decided, and what cannot be read', () => {
    expect(findFuseFaults(program(`r${decided.slice(1)}`))).toHaveLength(1);
    expect(findFuseFaults(program(decided.slice(0, 6)))).toHaveLength(2);
    expect(findFuseFaults(program(`${decided}1`))).toEqual(['1 fuses are not decided']);
    expect(findFuseFaults(program(decided, 2))).toHaveLength(1);
    expect(findFuseFaults(Buffer.from('no program'))).toHaveLength(1);
  });
});

describe('wireOrder', () => {
  it('is that of the tool that sets them', () => {
    const declaration = readFileSync(join(root, 'node_modules/@electron/fuses/dist/config.d.ts'), 'utf8');
    const places = [...declaration.matchAll(/^ {4}(\w+) = (\d+),?$/gm)].map(([, name, place]) => [name, Number(place)]);
    expect(places).toEqual(wireOrder.map((name, place) => [name[0].toUpperCase() + name.slice(1), place]));
  });
});
