import { useTranslation } from 'react-i18next';
import { Skeleton } from '../../ui/skeleton.tsx';

/** The frame of the window while chats are being opened; its lines appear only when that takes a while. */
export function OpeningPage() {
  const { t } = useTranslation('access');
  return (
    <main aria-busy aria-label={t('opening')} className="flex h-full flex-col">
      <h1 className="sr-only">{t('opening')}</h1>
      <div aria-hidden className="flex min-h-0 flex-1">
        <div className="w-[clamp(208px,20vw,256px)] shrink-0 border-r border-hairline bg-side max-[699px]:hidden">
          <div className="drag-region flex h-11 items-center px-5">
            <span className="text-base font-semibold tracking-tight">Sotto</span>
          </div>
          <div className="appears-late px-5 pt-16">
            <Skeleton lines={4} />
          </div>
        </div>
        <div className="appears-late mx-auto w-full max-w-[632px] px-8 pt-[32vh]">
          <Skeleton lines={3} />
        </div>
      </div>
      <div aria-hidden className="h-7 shrink-0 border-t border-hairline bg-side" />
    </main>
  );
}
