import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton, PlainIconButton } from './icon-button.tsx';

const confirmationMs = 1_600;

type CopyButtonProps = {
  /** The text itself, or how to find it from where the button is. */
  readonly text: string | ((button: Element) => string);
  readonly label: string;
  /** Inside a text that grows: without what makes a button costly. */
  readonly isPlain?: boolean;
};

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label, isPlain = false }: CopyButtonProps) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), confirmationMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = async (button: Element): Promise<void> => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text(button));
    setCopied(true);
  };
  const shown = {
    icon: isCopied ? Check : Copy,
    label: isCopied ? t('action.copied') : label,
    onClick: (event: MouseEvent<HTMLButtonElement>) => void copy(event.currentTarget),
  };
  return isPlain ? <PlainIconButton {...shown} /> : <IconButton size="small" {...shown} />;
}
