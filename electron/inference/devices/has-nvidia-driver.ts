import { stat } from 'node:fs/promises';

/** Where the driver of NVIDIA shows itself; other systems have none that the engine could use. */
const driverPaths: Partial<Record<NodeJS.Platform, string>> = {
  linux: '/sys/module/nvidia',
  win32: 'C:\\Windows\\System32\\nvcuda.dll',
};

/** Whether this computer has a card of NVIDIA and a driver for it, as far as its files tell. */
export async function hasNvidiaDriver(operatingSystem: NodeJS.Platform): Promise<boolean> {
  const path = driverPaths[operatingSystem];
  return path !== undefined && (await stat(path).catch(() => null)) !== null;
}
