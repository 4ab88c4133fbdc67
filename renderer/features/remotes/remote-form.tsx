import { useTranslation } from 'react-i18next';
import { vendorOfKind } from '../../../electron/shared/remote-vendors.ts';
import { TextField } from '../../ui/text-field.tsx';
import { kindOf } from './remote-kind.ts';
import type { RemoteDraft } from './remote-kind.ts';
import { hostOf } from './remote-words.ts';
import type { RemoteTrouble } from './remote-words.ts';

type RemoteFormProps = {
  readonly draft: RemoteDraft;
  readonly trouble: RemoteTrouble | null;
  readonly onChange: (draft: RemoteDraft) => void;
};

/** Name and address of a large model; a vendor's address is known and only told. */
export function RemoteForm({ draft, trouble, onChange }: RemoteFormProps) {
  const { t } = useTranslation('remotes');
  const vendor = vendorOfKind(kindOf(draft.choice).kind);
  const problemAt = (field: RemoteTrouble['field']): string | null => (trouble?.field === field ? trouble.words : null);
  const isVendors = vendor !== null && (draft.address === '' || draft.address === vendor.baseUrl);
  return (
    <>
      <TextField
        label={t('form.name')}
        value={draft.name}
        maxLength={60}
        placeholder={t('form.nameExample')}
        problem={problemAt('name')}
        onChange={(name) => onChange({ ...draft, name })}
      />
      {isVendors && problemAt('baseUrl') === null ? (
        <p className="text-sm text-soft">{t('form.kindHint.vendor', { host: hostOf(vendor.baseUrl) })}</p>
      ) : (
        <TextField
          label={t('form.address')}
          value={draft.address}
          maxLength={500}
          placeholder={t(draft.choice === 'own-server' ? 'form.ownAddressExample' : 'form.addressExample')}
          problem={problemAt('baseUrl')}
          onChange={(address) => onChange({ ...draft, address })}
        />
      )}
      {draft.choice === 'other' ? (
        <TextField
          label={t('form.policy')}
          value={draft.policy}
          maxLength={500}
          placeholder={t('form.policyExample')}
          problem={problemAt('policyUrl')}
          onChange={(policy) => onChange({ ...draft, policy })}
        />
      ) : null}
    </>
  );
}

/** What is wrong with none of the fields. */
export function FormTrouble({ trouble }: { readonly trouble: RemoteTrouble | null }) {
  if (trouble === null || (trouble.field !== 'form' && trouble.field !== 'modelName')) return null;
  return (
    <p role="alert" className="rounded-md bg-problem-wash px-3.5 py-3 text-base text-ink">
      {trouble.words}
    </p>
  );
}
