import { Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';

/** The page has no session with the app: only a new address helps, and this says how to get one. */
export function ConnectionRefused() {
  const { t } = useTranslation();
  return (
    <main className="flex h-full flex-col items-center justify-center gap-2 px-6 text-center">
      <Unplug aria-hidden size={28} strokeWidth={1.4} className="mb-2 text-faint" />
      <h1 className="text-xl font-semibold">{t('refused.title')}</h1>
      <p className="max-w-[46ch] text-base text-soft">{t('refused.explain')}</p>
      <code className="selectable mt-3 rounded-md bg-hover px-3 py-1.5 font-mono text-sm">sotto host</code>
    </main>
  );
}
