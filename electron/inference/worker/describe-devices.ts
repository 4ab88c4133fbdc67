import type { Backend, GraphicsDevice } from '../../shared/machine.ts';
import type { WorkerSetup } from '../protocol/engine-command.ts';
import type { FoundDevices } from '../protocol/engine-event.ts';
import type { LlamaRuntime } from './llama-runtime.ts';
import { createLlamaRuntime } from './llama-runtime.ts';
import { registerEnginePack } from './engine-pack.ts';

/** Drivers that compute on the processor what a graphics processor is asked for: slower than the processor's own library. */
const madeUpDevice = /llvmpipe|lavapipe|softpipe|swiftshader|software rasterizer|basic render/i;

/**
 * Loads the library for the backend of `setup` and tells which devices it would compute on. A driver that ends the process
 * ends this one: call it where nothing else runs.
 */
export async function describeDevices(setup: WorkerSetup): Promise<FoundDevices> {
  const { backend } = setup;
  await registerEnginePack(setup);
  if (!isInstalled(backend)) return { outcome: 'not-installed', devices: [] };
  let runtime: LlamaRuntime;
  try {
    runtime = await createLlamaRuntime(setup);
  } catch {
    const { getLlamaGpuTypes } = await import('node-llama-cpp');
    const hasDriver = (await getLlamaGpuTypes('supported')).some((type) => type === backend);
    return { outcome: hasDriver ? 'failed' : 'no-device', devices: [] };
  }
  // Where a system cannot have the backend, the library takes the processor without a word.
  if (backend !== 'cpu' && runtime.llama.gpu !== backend) return { outcome: 'no-device', devices: [] };
  const devices = await devicesOf(runtime);
  return { outcome: backend !== 'cpu' && devices.length === 0 ? 'no-device' : 'usable', devices };
}

/** The devices that a model is spread over are one to it: the library tells their memory together. */
async function devicesOf({ llama }: LlamaRuntime): Promise<readonly GraphicsDevice[]> {
  if (llama.gpu === false) return [];
  const names = (await llama.getGpuDeviceNames()).filter((name) => !madeUpDevice.test(name));
  if (names.length === 0) return [];
  const { total, free } = await llama.getVramState();
  return [{ name: names.join(' + '), memoryBytes: Math.round(total), freeBytes: Math.round(Math.max(0, free)) }];
}

/** Package of the prebuilt library, by backend; the processor's own is part of every installation. */
const packageParts: Readonly<Record<Backend, string>> = { metal: '-metal', cuda: '-cuda', vulkan: '-vulkan', cpu: '' };
const systemNames: Partial<Record<NodeJS.Platform, string>> = { darwin: 'mac', win32: 'win', linux: 'linux' };

function isInstalled(backend: Backend): boolean {
  if (backend === 'cpu') return true;
  const name = `@node-llama-cpp/${systemNames[process.platform] ?? process.platform}-${process.arch}${packageParts[backend]}`;
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
}
