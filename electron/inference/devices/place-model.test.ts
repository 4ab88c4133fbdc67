import { describe, expect, it } from 'vitest';
import type { BackendReport } from '../../shared/machine.ts';
import { candidateBackends, chosenBackend, placeModel } from './place-model.ts';
import { sizeClassOf } from './remembered-devices.ts';

const usable = (backend: BackendReport['backend'], name: string, memoryBytes: number): BackendReport => ({
  backend,
  isUsable: true,
  problem: null,
  devices: [{ name, memoryBytes, freeBytes: memoryBytes - 400_000_000 }],
});
const unusable = (backend: BackendReport['backend'], problem: BackendReport['problem']): BackendReport => ({
  backend,
  isUsable: false,
  problem,
  devices: [],
});

/** As the library told them on such machines. */
const machines = {
  plain: [unusable('cuda', 'no-device'), unusable('vulkan', 'no-device')],
  nvidia: [usable('cuda', 'NVIDIA H100 80GB HBM3', 85_000_000_000), usable('vulkan', 'NVIDIA H100', 85_000_000_000)],
  radeon: [unusable('cuda', 'no-device'), usable('vulkan', 'AMD Radeon 780M (RADV PHOENIX)', 8_000_000_000)],
  brokenDriver: [unusable('cuda', 'crashed'), unusable('vulkan', 'timed-out')],
  brokenCuda: [unusable('cuda', 'crashed'), usable('vulkan', 'NVIDIA GeForce RTX 3060', 12_000_000_000)],
  mac: [usable('metal', 'Apple M2', 11_000_000_000)],
} as const;

const model = { choice: 'auto', sizeBytes: 2_000_000_000, layers: 29 } as const;
const crashed = (backend: BackendReport['backend'], count: number, sizeBytes: number = model.sizeBytes) => [
  { backend, count, sizeClass: sizeClassOf(sizeBytes) },
];

describe('placeModel', () => {
  it.each([
    { machine: 'plain', placed: { backend: 'cpu', problem: null } },
    { machine: 'nvidia', placed: { backend: 'cuda', problem: null } },
    { machine: 'radeon', placed: { backend: 'vulkan', problem: null } },
    { machine: 'brokenDriver', placed: { backend: 'cpu', problem: 'crashed' } },
    { machine: 'brokenCuda', placed: { backend: 'vulkan', problem: 'crashed' } },
    { machine: 'mac', placed: { backend: 'metal', problem: null } },
  ] as const)('takes the fastest that works: $machine', ({ machine, placed }) => {
    expect(placeModel({ reports: machines[machine], crashes: [] }, model)).toEqual(placed);
  });

  it.each([
    { machine: 'nvidia', choice: 'vulkan', placed: { backend: 'vulkan', problem: null } },
    { machine: 'nvidia', choice: 'cpu', placed: { backend: 'cpu', problem: 'not-chosen' } },
    { machine: 'radeon', choice: 'cuda', placed: { backend: 'cpu', problem: 'no-device' } },
    { machine: 'plain', choice: 'cpu', placed: { backend: 'cpu', problem: null } },
    { machine: 'nvidia', choice: 'metal', placed: { backend: 'cpu', problem: 'no-device' } },
  ] as const)('follows the person: $choice on $machine', ({ machine, choice, placed }) => {
    expect(placeModel({ reports: machines[machine], crashes: [] }, { ...model, choice })).toEqual(placed);
  });

  it('halves the layers after one crash and stays on the processor after two', () => {
    const reports = machines.nvidia;
    expect(placeModel({ reports, crashes: crashed('cuda', 1) }, model)).toEqual({
      backend: 'cuda',
      graphicsLayers: 14,
      problem: 'crashed-before',
    });
    expect(placeModel({ reports, crashes: crashed('cuda', 2) }, model)).toEqual({
      backend: 'cpu',
      problem: 'crashed-before',
    });
  });

  // One large model that is too much for a driver must not keep the small ones from it.
  it('holds crashes against models of that size alone', () => {
    const crashes = crashed('cuda', 2, 20_000_000_000);
    expect(placeModel({ reports: machines.nvidia, crashes }, model)).toMatchObject({ backend: 'cuda', problem: null });
  });

  it('takes the number of layers that a person asks for, and none as a wish for the processor', () => {
    const facts = { reports: machines.nvidia, crashes: [] };
    expect(placeModel(facts, { ...model, wantedLayers: 7 })).toEqual({
      backend: 'cuda',
      graphicsLayers: 7,
      problem: null,
    });
    expect(placeModel(facts, { ...model, wantedLayers: 0 })).toEqual({ backend: 'cpu', problem: 'not-chosen' });
    expect(placeModel({ ...facts, crashes: crashed('cuda', 1) }, { ...model, wantedLayers: 7 })).toMatchObject({
      graphicsLayers: 3,
    });
  });

  it('names one backend for the machine', () => {
    expect(chosenBackend(machines.radeon, 'auto')).toBe('vulkan');
    expect(chosenBackend(machines.plain, 'auto')).toBe('cpu');
    expect([candidateBackends('darwin'), candidateBackends('win32'), candidateBackends('aix')]).toEqual([
      ['metal'],
      ['cuda', 'vulkan'],
      [],
    ]);
  });
});
