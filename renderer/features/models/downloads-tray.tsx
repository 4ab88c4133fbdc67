import { useTranslation } from 'react-i18next';
import { useDownloads } from '../../api/use-downloads.ts';
import { Section } from '../../ui/page.tsx';
import { DownloadRow } from './download-row.tsx';

/** Models on their way, as long as there are any. */
export function DownloadsTray() {
  const { t } = useTranslation('models');
  const downloads = useDownloads() ?? [];
  if (downloads.length === 0) return null;
  return (
    <Section title={t('downloads.title')}>
      <ul className="flex flex-col rounded-lg bg-raised px-4 shadow-card ring-1 ring-hairline">
        {downloads.map((download) => (
          <DownloadRow key={download.id} download={download} />
        ))}
      </ul>
    </Section>
  );
}
