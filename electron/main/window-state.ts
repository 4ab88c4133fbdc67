import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from '../platform/replace-file.ts';
import type { Logger } from '../platform/logger.ts';
import { AppError } from '../shared/app-error.ts';

const fileName = 'window-state.json';
/** Many times what is written. */
const sizeLimitBytes = 4_096;

const lengthSchema = z.number().min(1).max(100_000);
const positionSchema = z.number().min(-1_000_000).max(1_000_000);

const windowStateSchema = z
  .object({
    bounds: z.object({ x: positionSchema, y: positionSchema, width: lengthSchema, height: lengthSchema }).readonly(),
    isMaximized: z.boolean(),
    isFullScreen: z.boolean(),
  })
  .readonly();

/** Where the main window was, in device-independent pixels, and how; `bounds` are those that it returns to. */
export type WindowState = z.infer<typeof windowStateSchema>;

/** Where the window was when the app was used last; null at the first start, and for a file that is damaged or lies. */
export async function readWindowState(dataFolder: string): Promise<WindowState | null> {
  try {
    const file = await open(join(dataFolder, fileName), 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(sizeLimitBytes + 1));
      if (bytesRead > sizeLimitBytes) return null;
      return windowStateSchema.safeParse(JSON.parse(buffer.toString('utf8', 0, bytesRead))).data ?? null;
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}

/** Writes states one after the other; of those that come while it writes only the last counts. */
export interface WindowStateWriter {
  write(state: WindowState): void;
  /** Resolves when nothing is left to write. */
  settled(): Promise<void>;
}

/** Makes the writer. What cannot be written is logged: the window will only be somewhere else the next time. */
export function createWindowStateWriter(dataFolder: string, logger: Logger): WindowStateWriter {
  let next: WindowState | null = null;
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (next !== null) {
      const state = next;
      next = null;
      try {
        await replaceFile(join(dataFolder, fileName), `${JSON.stringify(state)}\n`);
      } catch (error) {
        logger.warn('window-state-not-written', { code: AppError.from(error).code });
      }
    }
  }

  return {
    write(state) {
      next = state;
      writing ??= writeAll().finally(() => (writing = null));
    },
    settled: async () => await (writing ?? Promise.resolve()),
  };
}
