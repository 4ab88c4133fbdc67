import { ShieldAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Finding, FindingKind } from '../../../electron/shared/screening.ts';
import { Button } from '../button.tsx';
import { findingOrder, heldAddresses, hostsOf } from './found-words.ts';

type AnswerScreeningProps = {
  readonly text: string;
  readonly findings: readonly Finding[];
  /** What a person has chosen to see or to use all the same. */
  readonly allowed: ReadonlySet<FindingKind>;
  /** The characters in it that nobody sees. */
  readonly hidden: { readonly count: number; readonly names: readonly string[] };
  readonly allow: (kind: FindingKind, isAllowed: boolean) => void;
};

/** What something was noticed in: links of a summary cannot be opened, so their addresses are left out of it. */
type Subject = 'answer' | 'summary';

type ScreeningProps = { readonly screened: AnswerScreeningProps; readonly of?: Subject };

/** What was noticed in a text of a model, a sentence for each kind, with the choice where there is one. */
export function AnswerScreening({ screened, of = 'answer' }: ScreeningProps) {
  const { findings, allowed, allow } = screened;
  const { t } = useTranslation('cloud');
  const kinds = findingOrder.filter((kind) => findings.some((finding) => finding.kind === kind));
  if (kinds.length === 0) return null;
  return (
    <ul aria-label={t('screening.label', { what: t(`screening.what.${of}`) })} className="flex flex-col gap-1.5">
      {kinds.map((kind) => (
        <li key={kind} className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5 pl-6 text-sm text-ink">
          <div className="flex min-w-0">
            <ShieldAlert aria-hidden size={15} className="mt-0.5 mr-[9px] -ml-6 shrink-0 text-cloud" />
            <Words {...screened} of={of} kind={kind} isAllowed={allowed.has(kind)} />
          </div>
          <AllowButton of={of} kind={kind} isAllowed={allowed.has(kind)} allow={allow} />
        </li>
      ))}
    </ul>
  );
}

type WordsProps = Pick<AnswerScreeningProps, 'text' | 'findings' | 'hidden'> & {
  readonly of: Subject;
  readonly kind: FindingKind;
  readonly isAllowed: boolean;
};

function Words({ of, kind, text, findings, hidden, isAllowed }: WordsProps): ReactNode {
  const { t, i18n } = useTranslation('cloud');
  const what = t(`screening.what.${of}`);
  const list = new Intl.ListFormat(i18n.language);
  switch (kind) {
    case 'link-carries-data': {
      const addresses = heldAddresses(text, findings);
      const count = Math.max(1, findings.filter((finding) => finding.kind === kind).length);
      const hosts = list.format(hostsOf(addresses));
      const key = of === 'summary' ? 'screening.link-left-out' : 'screening.link-carries-data';
      return <p>{t(key, { what, count, hosts: hosts || t('screening.somewhere') })}</p>;
    }
    case 'hidden-characters': {
      const { count, names } = hidden;
      return <p className="numeric">{t('screening.hidden-characters', { what, count, names: names.join(', ') })}</p>;
    }
    case 'harmful':
      return <p>{t(isAllowed ? 'screening.harmfulShown' : 'screening.harmful', { what })}</p>;
    case 'instructions':
    case 'secret':
      return <p>{t(`screening.${kind}`, { what })}</p>;
  }
}

type AllowButtonProps = Pick<AnswerScreeningProps, 'allow'> & Pick<WordsProps, 'of' | 'kind' | 'isAllowed'>;

function AllowButton({ of, kind, isAllowed, allow }: AllowButtonProps) {
  const { t } = useTranslation('cloud');
  if (kind === 'harmful') {
    return (
      <Button onClick={() => allow(kind, !isAllowed)}>{t(isAllowed ? 'screening.hide' : 'screening.show')}</Button>
    );
  }
  if (kind !== 'link-carries-data' || isAllowed) return null;
  return (
    <Button onClick={() => allow(kind, true)}>
      {t(of === 'summary' ? 'screening.showLinks' : 'screening.allowLinks')}
    </Button>
  );
}
