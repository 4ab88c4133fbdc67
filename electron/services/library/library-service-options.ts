import type { Platform } from '../../platform/platform.ts';
import type { Storage } from '../../storage/storage.ts';
import type { DocumentsService } from '../documents/documents-service.ts';
import type { FilesService } from '../files/files-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';

/** What the library's service is made of. */
export type LibraryServiceOptions = {
  readonly storage: Pick<Storage, 'opened' | 'collections' | 'libraryFiles' | 'documents'>;
  readonly documents: Pick<
    DocumentsService,
    'addFile' | 'removeOrphans' | 'onIndexed' | 'setIndexingPaused' | 'isRebuilding' | 'progress'
  >;
  readonly files: Pick<FilesService, 'resolve' | 'release'>;
  readonly settings: Pick<SettingsService, 'get' | 'update' | 'onChange'>;
  readonly platform: Pick<
    Platform,
    'clock' | 'logger' | 'door' | 'operatingSystem' | 'folders' | 'powerSource' | 'processorTimeMs'
  >;
  /** Absolute; shown as `~`. */
  readonly homeFolder: string;
  /** Default `collectionFileLimit`. */
  readonly fileLimit?: number;
};
