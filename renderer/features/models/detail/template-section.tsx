import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelDetail } from '../../../../electron/shared/model-detail.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Fold } from '../../../ui/fold.tsx';
import { Section } from '../../../ui/page.tsx';

/** The pattern that words are put into. One that is not the known one is said loudly and shown at once. */
export function TemplateSection({ detail: { template } }: { readonly detail: ModelDetail }) {
  const { t } = useTranslation('models');
  if (template === null) {
    return (
      <Section title={t('template.title')}>
        <p className="text-base text-soft">{t('template.none')}</p>
      </Section>
    );
  }
  const { state, text } = template;
  const family = template.family ?? '?';
  return (
    <Section title={t('template.title')}>
      {state === 'known' ? (
        <p className="max-w-[66ch] text-base text-pretty text-soft">
          {t('template.text')} {t('template.known', { family })}
        </p>
      ) : (
        <div className="flex gap-3 rounded-md bg-cloud-wash px-3.5 py-3">
          <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-cloud" />
          <p className="max-w-[66ch] text-base text-pretty">
            {t('template.text')} {t(`template.${state}`, { family })}
          </p>
        </div>
      )}
      <Fold label={t('template.show')} isOpen={state !== 'known'}>
        <div className="relative mt-2">
          <pre
            // What scrolls has to be reachable with the keyboard.
            // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
            tabIndex={0}
            aria-label={t('template.title')}
            role="region"
            className="selectable max-h-72 overflow-auto rounded-md bg-hover p-3 pr-10 font-mono text-xs break-words whitespace-pre-wrap text-soft"
          >
            {text}
          </pre>
          <div className="absolute top-1.5 right-3">
            <CopyButton text={text} label={t('template.copy')} />
          </div>
        </div>
      </Fold>
    </Section>
  );
}
