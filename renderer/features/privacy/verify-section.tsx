import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Section } from '../../ui/page.tsx';

/** Commands are the same in every language; `docs/verify-silence.md` explains what they print. */
const commands = [
  { name: 'watch', line: 'strace -f -e trace=connect -p "$(pgrep -o sotto)"' },
  { name: 'without', line: 'unshare --user --map-current-user --net sotto ask "What is a notice period?"' },
  { name: 'chain', line: 'sotto ledger --verify' },
] as const;

/** How to see for oneself that nothing leaves. */
export function VerifySection() {
  const { t } = useTranslation(['remotes', 'window']);
  return (
    <Section title={t('window:privacy.verifyTitle')}>
      <p className="max-w-[62ch] text-base text-pretty text-soft">{t('verify.cable')}</p>
      <p className="max-w-[62ch] text-base text-pretty text-soft">{t('verify.lead')}</p>
      <ul className="flex flex-col gap-3">
        {commands.map(({ name, line }) => (
          <li key={name} className="flex flex-col gap-1">
            <p className="text-sm text-soft">{t(`verify.${name}`)}</p>
            <div className="flex items-start gap-1">
              <code className="selectable min-w-0 rounded-sm bg-hover px-2 py-1 font-mono text-xs break-all">
                {line}
              </code>
              <CopyButton text={line} label={t('verify.copy')} />
            </div>
          </li>
        ))}
      </ul>
      <p className="max-w-[62ch] text-sm text-pretty text-soft">{t('verify.more')}</p>
    </Section>
  );
}
