import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../copy-button.tsx';

/** Code as it was written, with its language's name and a button that copies it. */
export function CodeBlock({ text, language }: { readonly text: string; readonly language: string }) {
  return (
    <figure className="code-frame">
      <CodeHeader name={language.split(/\s/)[0] ?? ''} />
      {/* Wide code is scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}

const codeBeside = (button: Element): string => button.closest('figure')?.querySelector('code')?.textContent ?? '';

/** Apart from the code, which may grow by the token: the button is the costliest part of the block. */
const CodeHeader = memo(function CodeHeader({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <figcaption className="flex h-8 items-center justify-between pr-1 pl-3.5 text-xs text-faint">
      <span>{name || t('markdown.code')}</span>
      <CopyButton isPlain text={codeBeside} label={t('markdown.copyCode')} />
    </figcaption>
  );
});
