import { useTranslation } from 'react-i18next';
import type { AppErrorData } from '../../../electron/shared/app-error.ts';
import { useErrorWords } from '../../lib/error-words.ts';

/** Fields of the form that a sentence can stand at; `form` is for what is about none of them. */
export type RemoteField = 'name' | 'baseUrl' | 'policyUrl' | 'modelName' | 'form';
export type RemoteTrouble = { readonly field: RemoteField; readonly words: string };

const fields = ['name', 'baseUrl', 'policyUrl', 'modelName'] as const;

/** What is said at once, before anything is asked. */
export function useMissingName(): (name: string) => RemoteTrouble | null {
  const { t } = useTranslation('remotes');
  return (name) => (name.trim() === '' ? { field: 'name', words: t('problem.name.missing') } : null);
}

/** Turns why a large model cannot be kept as it was typed into a sentence at its field. */
export function useRemoteTrouble(): (failure: Pick<AppErrorData, 'code' | 'details'>) => RemoteTrouble {
  const { t, i18n } = useTranslation('remotes');
  const errorWords = useErrorWords();
  return (failure) => {
    const { field: named, reason } = failure.details;
    const field = fields.find((candidate) => candidate === named);
    if (failure.code !== 'app/invalid-input' || field === undefined) {
      return { field: 'form', words: errorWords(failure) };
    }
    // A reason that the field has no sentence of its own for has a general one.
    const key = `problem.${field}.${String(reason)}`;
    const general = t(`problem.${field}.other`);
    if (!i18n.exists(key, { ns: 'remotes' })) return { field, words: general };
    // Whether there is such a key was asked; the catalogue's type cannot express a key that is put together.
    const sentence: (key: string) => string = t as never;
    return { field, words: sentence(key) };
  };
}

/** The computer that an address leads to, as people read it. */
export function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address;
}
