import type Database from 'better-sqlite3-multiple-ciphers';
import type { Handlers } from '../operations.ts';
import { createCollectionOperations } from './collection-operations.ts';
import { createConversationOperations } from './conversation-operations.ts';
import { createDocumentOperations } from './document-operations.ts';
import { createDraftOperations } from './draft-operations.ts';
import { createFolderOperations } from './folder-operations.ts';
import { createLabelOperations } from './label-operations.ts';
import { createLedgerOperations } from './ledger-operations.ts';
import { createLibraryFileOperations } from './library-file-operations.ts';
import { createMessageOperations } from './message-operations.ts';
import { createMessageSearchOperations } from './message-search-operations.ts';
import { createMessageTreeOperations } from './message-tree-operations.ts';
import { createPassageOperations } from './passage-operations.ts';
import { createPresetOperations } from './preset-operations.ts';
import { createPurgeOperations } from './purge-operations.ts';
import { createRemoteOperations } from './remote-operations.ts';
import { createSavedStateOperations, createSecretOperations } from './saved-state-operations.ts';
import { createSettingsOperations } from './settings-operations.ts';
import { createSummaryOperations } from './summary-operations.ts';
import { createUsageOperations } from './usage-operations.ts';

/** Every operation over one open database. */
export function createHandlers(database: Database): Handlers {
  return {
    ...createConversationOperations(database),
    ...createFolderOperations(database),
    ...createPresetOperations(database),
    ...createDraftOperations(database),
    ...createMessageOperations(database),
    ...createMessageTreeOperations(database),
    ...createMessageSearchOperations(database),
    ...createDocumentOperations(database),
    ...createPassageOperations(database),
    ...createCollectionOperations(database),
    ...createLibraryFileOperations(database),
    ...createSummaryOperations(database),
    ...createSettingsOperations(database),
    ...createLabelOperations(database),
    ...createLedgerOperations(database),
    ...createRemoteOperations(database),
    ...createSavedStateOperations(database),
    ...createSecretOperations(database),
    ...createUsageOperations(database),
    ...createPurgeOperations(database),
  };
}
