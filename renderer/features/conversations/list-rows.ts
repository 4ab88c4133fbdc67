import type { Conversation, Folder } from '../../../electron/shared/conversation.ts';
import type { FolderId } from '../../../electron/shared/ids.ts';
import { dayGroup, dayGroups } from '../../lib/time-words.ts';

export type HeadingName = 'pinned' | (typeof dayGroups)[number] | 'archive';

/** One line of the list. */
export type ListRow =
  | { readonly kind: 'heading'; readonly key: string; readonly name: HeadingName }
  | { readonly kind: 'folder'; readonly key: string; readonly folder: Folder; readonly count: number }
  | {
      readonly kind: 'conversation';
      readonly key: string;
      readonly conversation: Conversation;
      readonly isInFolder: boolean;
    };

export type ListRowsOptions = {
  readonly conversations: readonly Conversation[];
  readonly folders: readonly Folder[];
  readonly closedFolders: ReadonlySet<FolderId>;
  readonly isArchive: boolean;
  readonly now: number;
};

const rowOf = (conversation: Conversation, isInFolder: boolean): ListRow => ({
  kind: 'conversation',
  key: conversation.id,
  conversation,
  isInFolder,
});

function group(name: HeadingName, members: readonly Conversation[]): readonly ListRow[] {
  if (members.length === 0) return [];
  return [{ kind: 'heading', key: name, name }, ...members.map((member) => rowOf(member, false))];
}

/** The list as lines from top to bottom: what is pinned, the folders, then the rest by day; or the archive. */
export function listRows({
  conversations,
  folders,
  closedFolders,
  isArchive,
  now,
}: ListRowsOptions): readonly ListRow[] {
  if (isArchive) {
    return group(
      'archive',
      conversations.filter(({ isArchived }) => isArchived),
    );
  }
  const pinned: Conversation[] = [];
  const byFolder = new Map<FolderId, Conversation[]>(folders.map(({ id }) => [id, []]));
  const byDay = new Map<string, Conversation[]>(dayGroups.map((day) => [day, []]));
  for (const conversation of conversations) {
    if (conversation.isArchived) continue;
    const folder = conversation.folderId === null ? undefined : byFolder.get(conversation.folderId);
    const place = conversation.isPinned ? pinned : (folder ?? byDay.get(dayGroup(conversation.updatedAt, now)));
    place?.push(conversation);
  }
  return [
    ...group('pinned', pinned),
    ...folders.flatMap((folder): readonly ListRow[] => {
      const members = byFolder.get(folder.id) ?? [];
      const row = { kind: 'folder', key: folder.id, folder, count: members.length } as const;
      return closedFolders.has(folder.id) ? [row] : [row, ...members.map((member) => rowOf(member, true))];
    }),
    ...dayGroups.flatMap((day) => group(day, byDay.get(day) ?? [])),
  ];
}
