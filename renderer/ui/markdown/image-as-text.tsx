import { useTranslation } from 'react-i18next';

/** An image of an answer is never fetched: fetching it would tell its server what was asked. */
export function ImageAsText({ description, address }: { readonly description: string; readonly address: string }) {
  const { t } = useTranslation();
  return <span className="image-as-text">{t('markdown.image', { description: description || address })}</span>;
}
