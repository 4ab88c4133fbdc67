import { useQuery } from '@tanstack/react-query';
import { Download, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/api-context.tsx';
import { useExportChats, useImportChats } from '../../api/use-transfer.ts';
import { chatsFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';

/** All chats as one file. Markdown is one file a chat, so it is offered for each chat on its own. */
export function ExportAll() {
  const { t } = useTranslation('transfer');
  const { query } = useApi();
  const count = useQuery(query.conversations.list.queryOptions()).data?.filter(({ isPrivate }) => !isPrivate).length;
  const exportChats = useExportChats();
  return (
    <div className="flex flex-wrap gap-2">
      {(['json', 'html'] as const).map((format) => (
        <Button
          key={format}
          disabled={count === 0 || exportChats.isPending}
          onClick={() => exportChats.mutate({ conversationIds: null, format, cancelling: new AbortController() })}
        >
          <Download aria-hidden size={15} /> {t(`export.all.${format}`)}
        </Button>
      ))}
    </div>
  );
}

/** Chats of another program, or of an export of ours. */
export function ImportChats() {
  const { t } = useTranslation('transfer');
  const importChats = useImportChats();
  const picker = useFilePicker({
    accept: chatsFileTypes,
    label: t('import.choose'),
    onFiles: ([file]) =>
      file === undefined ? undefined : importChats.mutate({ file, cancelling: new AbortController() }),
  });
  return (
    <>
      {picker.input}
      <Button disabled={importChats.isPending} onClick={picker.open}>
        <Upload aria-hidden size={15} /> {t('import.choose')}
      </Button>
    </>
  );
}
