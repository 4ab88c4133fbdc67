// A program for tests: asks for the addresses in its arguments through the way out, one after the other, under whatever
// environment it was started with. Writes a JSON list to standard output: what each said, or the code of the error.
import { createEgress } from '../egress/create-egress.ts';
import { createSettingsEgressPolicy } from '../egress/settings-egress-policy.ts';
import { createSystemClock } from '../platform/system-clock.ts';
import { AppError } from '../shared/app-error.ts';

const policy = createSettingsEgressPolicy(
  async () => await Promise.resolve({ isOffline: false, allowedPurposes: ['model-search'] }),
);
const ledger = { insert: async () => await Promise.resolve(), update: async () => await Promise.resolve() };
const egress = createEgress({ policy, ledger, clock: createSystemClock() });

async function ask(url: string): Promise<string> {
  try {
    const signal = AbortSignal.timeout(20_000);
    const response = await egress.fetch({ url, purpose: 'model-search', askedBy: 'test' }, signal);
    return await response.text();
  } catch (error) {
    return AppError.from(error).code;
  }
}

const answers: string[] = [];
for (const url of process.argv.slice(2)) answers.push(await ask(url));
process.stdout.write(JSON.stringify(answers));
