import { useTranslation } from 'react-i18next';
import { useImportModel } from '../../api/use-files.ts';
import { useImportState } from '../../api/use-import-state.ts';
import { useDescription } from '../../api/use-live.ts';
import { modelFileTypes } from '../../lib/file-kinds.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useFilePicker } from '../../ui/file-picker.tsx';
import { ImportNotice } from '../../ui/import-notice.tsx';

/** No model yet: says what one is, where it may come from and how it gets here. */
export function NoModel({ isCompact = false }: { readonly isCompact?: boolean }) {
  const { t } = useTranslation();
  const description = useDescription();
  const importModel = useImportModel();
  const importState = useImportState();
  const picker = useFilePicker({
    accept: modelFileTypes,
    label: t('models.import'),
    onFiles: ([file]) => (file === undefined ? undefined : importModel.mutate(file)),
  });
  return (
    <section
      aria-label={t('noModel.title')}
      className="flex flex-col gap-3 rounded-xl bg-raised p-5 shadow-card ring-1 ring-hairline"
    >
      <h2 className="text-lg font-semibold">{t('noModel.title')}</h2>
      {isCompact ? null : <p className="text-base text-soft">{t('noModel.what')}</p>}
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-base text-soft marker:text-faint">
        <li>{t('noModel.step1')}</li>
        <li>{t('noModel.step2')}</li>
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        {picker.input}
        <Button look="accent" onClick={picker.open}>
          {t('models.import')}
        </Button>
        <span className="text-sm text-faint">{t('noModel.drop')}</span>
      </div>
      <ImportNotice state={importState} />
      {description === undefined ? null : (
        <div className="flex min-w-0 items-center gap-1 border-t border-hairline pt-3 text-sm text-faint">
          <span className="shrink-0">{t('models.folder')}</span>
          <code className="selectable min-w-0 truncate font-mono text-xs text-soft">{description.modelFolder}</code>
          <CopyButton text={description.modelFolder} label={t('models.copyFolder')} />
        </div>
      )}
    </section>
  );
}
