import type { Clock } from '../../platform/clock.ts';
import type { UsageRepository } from '../../storage/usage-operations.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { monthAround } from '../../shared/month-around.ts';
import type { Reservation, UsageService } from './usage-service.ts';

/** What the budget is made of. */
export type BudgetOptions = {
  readonly sums: Pick<UsageRepository, 'month'>;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly clock: Clock;
};

/** The budget of the month. What it sets aside is in memory: only one process has the data folder. */
export function createBudget({ sums, settings, clock }: BudgetOptions): Pick<UsageService, 'canSpend' | 'reserve'> {
  let reservedMicroDollars = 0;
  let queue: Promise<unknown> = Promise.resolve();

  const hasRoom = async (mostMicroDollars: number): Promise<boolean> => {
    if (mostMicroDollars <= 0) return true;
    const { monthlyBudgetMicroDollars } = await settings.get();
    const reservedBefore = reservedMicroDollars;
    const { costMicroDollars } = await sums.month(monthAround(clock.now()).span);
    // What went over into the ledger while that was summed up is perhaps not in the sum yet.
    const reserved = Math.max(reservedBefore, reservedMicroDollars);
    return costMicroDollars + reserved + mostMicroDollars <= monthlyBudgetMicroDollars;
  };

  const reserve = async (mostMicroDollars: number): Promise<Reservation | null> => {
    if (!(await hasRoom(mostMicroDollars))) return null;
    reservedMicroDollars += mostMicroDollars;
    let isHeld = true;
    return {
      release: () => {
        if (isHeld) reservedMicroDollars -= mostMicroDollars;
        isHeld = false;
      },
    };
  };

  return {
    canSpend: hasRoom,
    // One after the other, so that no two see the same rest.
    async reserve(mostMicroDollars) {
      const reserved = queue.then(() => reserve(mostMicroDollars));
      queue = reserved.catch(() => undefined);
      return await reserved;
    },
  };
}
