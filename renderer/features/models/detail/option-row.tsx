import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type OptionName =
  | 'backend'
  | 'graphicsLayers'
  | 'contextTokens'
  | 'threads'
  | 'usesFlashAttention'
  | 'usesMemoryMapping'
  | 'batchTokens'
  | 'adapter'
  | 'adapterScale';

/** An option with what it does, in plain words. */
export function OptionRow({ name, children }: { readonly name: OptionName; readonly children: ReactNode }) {
  const { t } = useTranslation('models');
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1.5 border-b border-hairline py-2.5 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-60 flex-col">
        <h3 className="text-base font-medium">{t(`options.${name}`)}</h3>
        <p className="max-w-[60ch] text-sm text-pretty text-soft">{t(`options.${name}Text`)}</p>
      </div>
      <span className="flex w-60 max-w-full flex-col gap-1.5">{children}</span>
    </div>
  );
}
