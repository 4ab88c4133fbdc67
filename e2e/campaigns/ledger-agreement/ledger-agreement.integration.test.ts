import { expect, it } from 'vitest';
import { agreeOn } from './agree-on.ts';

// Catches a request that the ledger does not know, one of which it knows another size or another body, and a refused one
// that left all the same. The campaign of the same name asks a thousand.
it('ledger, servers and kernel agree on what the built app sent', { timeout: 120_000 }, async () => {
  const { agreement, chain } = await agreeOn(60, 7, () => undefined);
  expect(agreement.problems).toEqual([]);
  expect(agreement.requests).toBeGreaterThan(30);
  expect(chain).toBe('whole');
});
