import { describe, expect, it } from 'vitest';
import type { Folder } from '../../../electron/shared/conversation.ts';
import { createId, folderIdSchema } from '../../../electron/shared/ids.ts';
import { buildConversation } from '../../testing/build-conversation.ts';
import { listRows } from './list-rows.ts';
import type { ListRow } from './list-rows.ts';

const now = new Date(2026, 5, 15, 12).getTime();
const folder: Folder = { id: createId(folderIdSchema), name: 'Clients', isLocalOnly: false, createdAt: 0 };
const say = (row: ListRow): string => {
  if (row.kind === 'heading') return `# ${row.name}`;
  return row.kind === 'folder' ? `> ${row.folder.name} ${row.count}` : row.conversation.title;
};

const conversations = [
  buildConversation({ title: 'new', updatedAt: now }),
  buildConversation({ title: 'pinned in a folder', updatedAt: now, isPinned: true, folderId: folder.id }),
  buildConversation({ title: 'filed', updatedAt: now, folderId: folder.id }),
  buildConversation({ title: 'archived and pinned', updatedAt: now, isArchived: true, isPinned: true }),
  buildConversation({ title: 'of a folder that is gone', updatedAt: 0, folderId: createId(folderIdSchema) }),
];

describe('listRows', () => {
  it('shows every conversation that is not archived exactly once', () => {
    // Catches the chat that is nowhere because its folder was removed in another window.
    const rows = listRows({ conversations, folders: [folder], closedFolders: new Set(), isArchive: false, now });
    expect(rows.map(say)).toEqual([
      '# pinned',
      'pinned in a folder',
      '> Clients 1',
      'filed',
      '# today',
      'new',
      '# earlier',
      'of a folder that is gone',
    ]);
  });

  it('hides what is in a closed folder and still counts it', () => {
    const rows = listRows({
      conversations,
      folders: [folder],
      closedFolders: new Set([folder.id]),
      isArchive: false,
      now,
    });
    expect(rows.map(say)).toContain('> Clients 1');
    expect(rows.map(say)).not.toContain('filed');
  });

  it('shows the archive on its own', () => {
    const rows = listRows({ conversations, folders: [folder], closedFolders: new Set(), isArchive: true, now });
    expect(rows.map(say)).toEqual(['# archive', 'archived and pinned']);
  });
});
