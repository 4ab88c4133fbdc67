import type { Logger } from '../../platform/logger.ts';
import { AppError } from '../../shared/app-error.ts';
import type { QuarantinedModel } from '../../shared/model-detail.ts';
import { hashModelFile } from './hash-model-file.ts';
import type { ModelFile } from './model-file.ts';
import { isSameFile } from './model-index.ts';
import type { ModelIndex } from './model-index.ts';
import type { Quarantine } from './quarantine.ts';

/** What the check needs. */
export type TrustOptions = {
  readonly index: ModelIndex;
  readonly quarantine: Quarantine;
  readonly logger: Logger;
  /** Ends readings that are under way. */
  readonly signal: AbortSignal;
};

/** Watches over files that the hub told the digest of. */
export interface ModelTrust {
  /**
   * Those of `files` that may be used. One that came from the hub and whose size or time changed is read again, and put
   * into quarantine when its content is not what the hub said.
   */
  sift(files: readonly ModelFile[]): Promise<readonly ModelFile[]>;
  /** Reads a file of the model folder again, whatever its time says. Null when it is what was written down. */
  verify(file: ModelFile, signal: AbortSignal): Promise<QuarantinedModel | null>;
}

/** Makes the watch. */
export function createModelTrust({ index, quarantine, logger, signal: closing }: TrustOptions): ModelTrust {
  const checking = new Map<string, Promise<boolean>>();

  const putAside = async (file: ModelFile, reason: QuarantinedModel['reason']): Promise<QuarantinedModel | null> => {
    const put = await quarantine.put(file.path, reason);
    await index.forget([file.name]);
    if (put !== null) logger.warn('model-quarantined', { reason });
    return put;
  };

  const isWhatTheHubSaid = async (file: ModelFile): Promise<boolean> => {
    const sha256 = await hashModelFile(file.path, closing).catch(() => null);
    // What cannot be read now is shown as such by the reader of its header, and stays where it is.
    if (sha256 === null) return true;
    // A download may have been written down while the file was read.
    const entry = await index.entry(file.name);
    if (entry?.origin?.from !== 'hub' || isSameFile(entry, file)) return true;
    if (entry.sha256 === sha256) {
      await index.remember(file, sha256);
      return true;
    }
    await putAside(file, 'content-changed').catch((error: unknown) =>
      logger.warn('model-not-quarantined', { code: AppError.from(error).code }),
    );
    return false;
  };

  const mayBeUsed = async (file: ModelFile): Promise<boolean> => {
    const entry = await index.entry(file.name);
    if (entry?.origin?.from !== 'hub' || isSameFile(entry, file)) return true;
    const running = checking.get(file.path) ?? isWhatTheHubSaid(file).finally(() => checking.delete(file.path));
    checking.set(file.path, running);
    return await running;
  };

  return {
    async sift(files) {
      const kept: ModelFile[] = [];
      for (const file of files) if (await mayBeUsed(file)) kept.push(file);
      return kept;
    },
    async verify(file, signal) {
      const both = AbortSignal.any([signal, closing]);
      const before = await index.entry(file.name);
      const sha256 = await hashModelFile(file.path, both).catch(() => {
        both.throwIfAborted();
        return null;
      });
      if (sha256 === null) return await putAside(file, 'unreadable');
      if (before !== null && before.sha256 !== sha256) return await putAside(file, 'content-changed');
      await index.remember(file, sha256);
      return null;
    },
  };
}
