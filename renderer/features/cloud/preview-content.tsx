import { Tabs } from '@base-ui/react/tabs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CloudPreview } from '../../../electron/shared/cloud-preview.ts';
import { formatBytes } from '../../../electron/shared/words.ts';
import { PreviewTurns } from './preview-turns.tsx';
import { ReplaceMore } from './replace-more.tsx';
import { ReplacedText } from './replaced-text.tsx';
import { bodyPieces, selectedWords } from './shown-pieces.ts';
import { useSelectedText } from './use-selected-text.ts';

type PreviewContentProps = {
  readonly preview: CloudPreview;
  readonly isBusy: boolean;
  readonly onEdit: (index: number, text: string) => void;
  readonly onReplace: (words: string, isRemembered: boolean) => void;
};

const views = ['readable', 'exact'] as const;
const tabClass =
  'h-7 rounded-sm px-3 text-sm font-medium text-soft hover:text-ink data-[active]:bg-raised data-[active]:text-ink data-[active]:shadow-card';
const panelClass =
  'max-h-[min(44vh,420px)] min-h-24 overflow-auto rounded-md bg-canvas px-3 ring-1 ring-hairline select-text';

/** The request in words and byte for byte; what is selected in either can be replaced. */
export function PreviewContent({ preview, isBusy, onEdit, onReplace }: PreviewContentProps) {
  const { t, i18n } = useTranslation('cloud');
  const [view, setView] = useState<(typeof views)[number]>('readable');
  const frame = useRef<HTMLDivElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const selected = selectedWords(useSelectedText(frame), view === 'exact');
  const { body, bodyHash, replacements } = preview;
  const count = new Set(replacements.map(({ placeholder }) => placeholder)).size;
  const sizeBytes = new TextEncoder().encode(body).byteLength;
  return (
    <Tabs.Root
      value={view}
      onValueChange={(value) => setView(value === 'exact' ? 'exact' : 'readable')}
      className="flex shrink-0 flex-col gap-2"
    >
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Tabs.List aria-label={t('preview.view')} className="inline-flex shrink-0 gap-0.5 rounded-md bg-hover p-0.5">
          {views.map((name) => (
            <Tabs.Tab key={name} value={name} className={tabClass}>
              {t(`preview.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {view === 'exact' ? (
          <p className="numeric selectable min-w-0 truncate text-xs text-soft" title={bodyHash}>
            {t('preview.bytes', { bytes: formatBytes(sizeBytes, i18n.language), hash: bodyHash })}
          </p>
        ) : null}
      </div>
      <div ref={frame}>
        <Tabs.Panel ref={words} value="readable" tabIndex={0} className={panelClass}>
          <PreviewTurns
            key={bodyHash}
            preview={preview}
            isBusy={isBusy}
            onEdit={onEdit}
            // Its button is disabled while the request is made anew.
            onClosed={() => words.current?.focus({ preventScroll: true })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="exact" tabIndex={0} className={panelClass}>
          <pre className="py-2 font-mono text-sm leading-relaxed break-all whitespace-pre-wrap">
            <ReplacedText pieces={bodyPieces(body, replacements)} />
          </pre>
        </Tabs.Panel>
      </div>
      <p role="status" className="text-sm text-soft">
        {count === 0 ? t('preview.notReplaced') : t('preview.replaced', { count })}
      </p>
      <ReplaceMore selected={selected} isBusy={isBusy} onReplace={onReplace} />
    </Tabs.Root>
  );
}
