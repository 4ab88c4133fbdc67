import { useTranslation } from 'react-i18next';
import { useReading } from '../../api/use-library.ts';
import { ProgressBar } from '../../ui/progress-bar.tsx';

/** The files that are being read for a person, each with its progress: a scan takes minutes. */
export function ReadingNow() {
  const { t, i18n } = useTranslation('library');
  const reading = useReading();
  if (reading.length === 0) return null;
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  return (
    <ul className="flex flex-col gap-3 rounded-lg bg-hover px-4 py-3">
      {reading.map(({ name, fraction }, index) => {
        const label = t('single.readingNow', { name, percent: percent.format(fraction) });
        return (
          // Two files of one name may be read at once.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={`${index} ${name}`} className="flex flex-col gap-1.5 text-sm text-soft">
            <span className="truncate">{label}</span>
            <ProgressBar label={label} fraction={fraction} />
          </li>
        );
      })}
    </ul>
  );
}
