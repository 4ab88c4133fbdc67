import { open } from 'node:fs/promises';

/**
 * Makes a rename or removal in `folder` last through a loss of power. Windows does not open folders and needs none of it.
 * Throws what the disk throws.
 */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
