import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { appErrorDataSchema } from '../../../electron/shared/app-error.ts';
import type { ModelDescription, UnusableModel } from '../../../electron/shared/model.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { useErrorWords } from '../../lib/error-words.ts';
import { Section } from '../../ui/page.tsx';

/** Files in the model folder that cannot be used, each with its reason. */
export function UnusableFiles({ files }: { readonly files: readonly UnusableModel[] }) {
  const { t, i18n } = useTranslation();
  const words = useErrorWords();
  if (files.length === 0) return null;
  const reason = ({ code, message, fileName }: UnusableModel): string => {
    const known = appErrorDataSchema.safeParse({ code, message, details: { name: fileName } });
    return known.success ? words(known.data) : message;
  };
  return (
    <Section title={t('models.unusable')}>
      <ul className="flex flex-col">
        {files.map((file) => (
          <li
            key={file.fileName}
            className="flex items-start gap-3.5 border-b border-hairline px-2 py-3 last:border-b-0"
          >
            <CircleAlert aria-hidden size={18} strokeWidth={1.6} className="mt-0.5 shrink-0 text-problem" />
            <div className="flex min-w-0 flex-col gap-0.5">
              <p className="truncate text-base font-medium">
                {file.fileName}
                <span className="numeric font-normal text-faint"> · {formatBytes(file.sizeBytes, i18n.language)}</span>
              </p>
              <p className="selectable text-sm text-soft">{reason(file)}</p>
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Models that do not answer but make answering from documents possible. */
export function BuiltInModels({ models }: { readonly models: readonly ModelDescription[] }) {
  const { t, i18n } = useTranslation();
  if (models.length === 0) return null;
  return (
    <Section title={t('models.finding')}>
      <ul className="flex flex-col">
        {models.map((model) => (
          <li key={model.id} className="flex flex-col gap-0.5 border-b border-hairline px-2 py-3 last:border-b-0">
            <p className="truncate text-base font-medium">{model.name}</p>
            <p className="text-sm text-soft">{model.isBuiltIn ? t('models.findingText') : t('models.findingOwn')}</p>
            <p className="numeric text-sm text-faint">{formatBytes(model.sizeBytes, i18n.language)}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
