import { useTranslation } from 'react-i18next';
import { CopyButton } from '../copy-button.tsx';

/** Code as it was written, with its language's name and a button that copies it. */
export function CodeBlock({ text, language }: { readonly text: string; readonly language: string }) {
  const { t } = useTranslation();
  const name = language.split(/\s/)[0] ?? '';
  return (
    <figure className="code-frame">
      <figcaption className="flex h-8 items-center justify-between pr-1 pl-3.5 text-xs text-faint">
        <span>{name || t('markdown.code')}</span>
        <CopyButton text={text} label={t('markdown.copyCode')} />
      </figcaption>
      {/* Wide code is scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={t('markdown.code')}>
        <code>{text}</code>
      </pre>
    </figure>
  );
}
