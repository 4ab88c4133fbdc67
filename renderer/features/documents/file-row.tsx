import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, LoaderCircle, RotateCw, TextSearch } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LibraryFile, LibraryFileStatus } from '../../../electron/shared/library.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { PlainIconButton } from '../../ui/icon-button.tsx';
import { useOpenDocument } from './use-open-document.ts';

const icons: Readonly<Record<LibraryFileStatus, LucideIcon>> = {
  waiting: CircleDashed,
  reading: LoaderCircle,
  indexing: TextSearch,
  ready: CircleCheck,
  failed: CircleAlert,
  skipped: CircleSlash,
};

const colours: Readonly<Record<LibraryFileStatus, string>> = {
  waiting: 'text-faint',
  reading: 'text-accent',
  indexing: 'text-accent',
  ready: 'text-local',
  failed: 'text-problem',
  skipped: 'text-faint',
};

type FileRowProps = { readonly file: LibraryFile; readonly onRetry: () => void };

/** One file: its name, the folder that it lies in, its size, how far it is, and why it could not be read. */
export function FileRow({ file, onRetry }: FileRowProps) {
  const { t, i18n } = useTranslation('library');
  const words = useErrorWords();
  const open = useOpenDocument();
  const { path, sizeBytes, status, error, documentId } = file;
  const cut = path.lastIndexOf('/') + 1;
  const [folder, name] = [path.slice(0, cut), path.slice(cut)];
  const Icon = icons[status];
  const title = (
    <span className="flex min-w-0 flex-1 items-baseline gap-2">
      <span className="truncate text-base font-medium">{name}</span>
      <span className="min-w-0 truncate text-sm text-faint">{folder.slice(0, -1)}</span>
    </span>
  );
  return (
    <div className="flex items-start gap-2 py-1.5">
      <div className="flex min-w-0 flex-1 flex-col">
        {documentId === null ? (
          <span title={path} className="flex min-h-6 min-w-0 px-1">
            {title}
          </span>
        ) : (
          <button
            data-list-item
            type="button"
            title={path}
            aria-label={t('files.open', { name: path })}
            className="flex min-h-6 min-w-0 rounded-sm px-1 text-left hover:bg-hover"
            onClick={() => open(documentId)}
          >
            {title}
          </button>
        )}
        <span className="numeric flex items-center gap-1.5 px-1 text-sm text-soft">
          <Icon aria-hidden size={13} className={classNames('shrink-0', colours[status])} />
          <span className={status === 'failed' ? 'text-problem' : undefined}>{t(`files.${status}`)}</span>
          <span className="text-faint">· {formatBytes(sizeBytes, i18n.language)}</span>
        </span>
        {error === null ? null : <p className="px-1 text-sm break-words text-soft">{words(error)}</p>}
      </div>
      {status === 'failed' ? (
        <PlainIconButton
          data-list-item
          icon={RotateCw}
          label={t('files.retry', { name })}
          className="mt-1"
          onClick={onRetry}
        />
      ) : null}
    </div>
  );
}
