import { Download, WrapText } from 'lucide-react';
import { memo, use, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { codeFileExtension } from '../../lib/markdown/code-pieces.ts';
import { CopyButton } from '../copy-button.tsx';
import { PlainIconButton } from '../icon-button.tsx';
import { CodeText } from './code-text.tsx';
import { GrowingContext } from './markdown-actions.ts';

type CodeBlockProps = {
  readonly text: string;
  readonly language: string;
  /** Whether its closing mark has come. */
  readonly isClosed: boolean;
};

/** Code as it was written, in colours, with its language's name and buttons that copy, save and wrap it. */
export function CodeBlock({ text, language, isClosed }: CodeBlockProps) {
  const isTextGrowing = use(GrowingContext);
  const [isWrapped, setWrapped] = useState(false);
  const name = language.split(/\s/)[0] ?? '';
  return (
    <figure className="code-frame">
      <CodeHeader name={name} isWrapped={isWrapped} onWrap={setWrapped} />
      {/* Wide code is scrolled by keyboard too. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} className={isWrapped ? 'is-wrapped' : undefined}>
        <CodeText text={text} language={name.toLowerCase()} isGrowing={isTextGrowing && !isClosed} />
      </pre>
    </figure>
  );
}

const codeBeside = (button: Element): string => button.closest('figure')?.querySelector('code')?.textContent ?? '';

function saveAs(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken the file by the time this task is over.
  setTimeout(() => URL.revokeObjectURL(address));
}

type CodeHeaderProps = {
  readonly name: string;
  readonly isWrapped: boolean;
  readonly onWrap: (isWrapped: boolean) => void;
};

/** Apart from the code, which may grow by the token: the buttons are the costliest part of the block. */
const CodeHeader = memo(function CodeHeader({ name, isWrapped, onWrap }: CodeHeaderProps) {
  const { t } = useTranslation();
  const fileName = `${t('markdown.codeFile')}.${codeFileExtension(name)}`;
  return (
    <figcaption className="flex h-8 items-center pr-1 pl-3.5 text-xs text-faint">
      <span className="mr-auto truncate">{name || t('markdown.code')}</span>
      <PlainIconButton
        icon={WrapText}
        label={t('markdown.wrapCode')}
        aria-pressed={isWrapped}
        onClick={() => onWrap(!isWrapped)}
      />
      <PlainIconButton
        icon={Download}
        label={t('markdown.saveCode')}
        onClick={({ currentTarget }) => saveAs(fileName, codeBeside(currentTarget))}
      />
      <CopyButton isPlain text={codeBeside} label={t('markdown.copyCode')} />
    </figcaption>
  );
});
