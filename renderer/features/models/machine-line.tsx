import { useTranslation } from 'react-i18next';
import type { MachineReport } from '../../../electron/shared/machine.ts';
import { toFailure } from '../../api/failure.ts';
import { useMachine, useProbe } from '../../api/use-models.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useDay } from './model-words.ts';

/** What models run on here, and the way to find out how fast. */
export function MachineLine() {
  const { t } = useTranslation('models');
  const day = useDay();
  const machine = useMachine();
  const probe = useProbe();
  if (machine === undefined) return null;
  const { cores, memoryBytes, availableMemoryBytes } = machine;
  const measured = machine.probe;
  return (
    <div className="flex flex-col gap-2 rounded-lg bg-hover px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5 text-sm text-pretty text-soft">
          <p>
            {t('machine.text', { cores, memory: memoryBytes, available: availableMemoryBytes })}{' '}
            <RunsOn machine={machine} />
          </p>
          <p className="text-faint">
            {measured === null ? t('machine.probeText') : t('machine.probed', { date: day(measured.measuredAt) })}
          </p>
        </div>
        <Button disabled={probe.isPending} onClick={() => probe.mutate(undefined)}>
          {probe.isPending ? t('machine.probing') : measured === null ? t('machine.probe') : t('machine.again')}
        </Button>
      </div>
      {probe.error === null ? null : <FailureNotice error={toFailure(probe.error)} />}
    </div>
  );
}

/** Which processor computes, and why not the graphics processor where it does not. */
function RunsOn({ machine: { backend, backends } }: { readonly machine: MachineReport }) {
  const { t } = useTranslation('models');
  if (backend === 'cpu') {
    const problems = backends.flatMap((report) => (report.backend === 'cpu' ? [] : (report.problem ?? [])));
    // That a library is missing says less than what another one found out.
    const problem = problems.find((candidate) => candidate !== 'not-installed') ?? problems[0];
    return problem === undefined
      ? t('machine.cpu')
      : t('machine.cpuBecause', { reason: t(`backendProblem.${problem}`) });
  }
  const device = backends.find((report) => report.backend === backend)?.devices[0]?.name;
  const name = t(`backend.short.${backend}`);
  return device === undefined
    ? t('machine.graphicsPlain', { backend: name })
    : t('machine.graphics', { backend: name, device });
}
