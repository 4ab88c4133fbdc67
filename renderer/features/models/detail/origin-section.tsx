import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { formatBytes } from '../../../../electron/shared/words.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Section } from '../../../ui/page.tsx';
import { useDay, usePrecisionWords, useShortNumber } from '../model-words.ts';
import { Fact, Facts } from './facts.tsx';

/** Where it came from, under which licence, and by which number it can be recognised. */
export function OriginSection({ detail }: { readonly detail: ModelDetail }) {
  const { t, i18n } = useTranslation('models');
  const day = useDay();
  const short = useShortNumber();
  const precision = usePrecisionWords();
  const { description, origin, sha256, checkedAt, savedStateBytes } = detail;
  const { fileName, sizeBytes, architecture, parameterCount, quantisation } = description;
  const licence = description.licence ?? (origin?.from === 'hub' ? origin.licence : null);
  return (
    <Section title={t('detail.origin')}>
      <Facts>
        <Fact name={t('detail.source')}>
          <Source detail={detail} />
        </Fact>
        <Fact name={t('detail.licence')}>{licence ?? t('detail.noLicence')}</Fact>
        <Fact name={t('detail.architecture')}>
          {parameterCount === null
            ? architecture
            : t('detail.architectureText', { name: architecture, parameters: short(parameterCount) })}
          {quantisation === null ? null : <span className="block text-sm text-soft">{precision(quantisation)}</span>}
        </Fact>
        <Fact name={t('detail.file')}>
          <span className="break-all">{fileName}</span>
          <span className="text-soft"> · {formatBytes(sizeBytes, i18n.language)}</span>
          {origin?.from === 'link' ? (
            <span className="block font-mono text-xs break-all text-soft">{origin.path}</span>
          ) : null}
        </Fact>
        {origin?.from === 'hub' ? (
          <Fact name={t('detail.version')}>
            <span className="font-mono text-xs break-all">{origin.revision}</span>
          </Fact>
        ) : null}
        <Fact name={t('detail.digest')}>
          <span className="flex items-start gap-1">
            <span className="min-w-0 font-mono text-xs leading-5 break-all">{sha256}</span>
            <CopyButton text={sha256} label={t('detail.copyDigest')} />
          </span>
          <span className="block text-sm text-soft">
            {t('detail.digestText')} ·{' '}
            {checkedAt === null ? t('detail.notChecked') : t('detail.checkedAt', { date: day(checkedAt) })}
          </span>
        </Fact>
        {savedStateBytes === 0 ? null : (
          <Fact name={t('detail.saved')}>{t('detail.savedText', { size: savedStateBytes })}</Fact>
        )}
      </Facts>
    </Section>
  );
}

function Source({ detail: { description, origin } }: { readonly detail: ModelDetail }) {
  const { t } = useTranslation('models');
  const day = useDay();
  if (origin === null) return description.isBuiltIn ? t('detail.fromApp') : t('detail.fromNobody');
  const date = day(origin.at);
  switch (origin.from) {
    case 'hub':
      return t('detail.fromHub', { repository: origin.repository, host: origin.host, date });
    case 'file':
      return t('detail.fromFile', { name: origin.name, date });
    case 'link':
      return origin.program === null
        ? t('detail.fromLink', { date })
        : t('detail.fromProgram', { program: t(`foreign.${origin.program}`), date });
  }
}
