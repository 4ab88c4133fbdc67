import type { RouteReason } from '../../shared/route.ts';

/** Ends a try elsewhere because the answer is to be made on this machine. Never leaves this folder. */
export class PlaceChange extends Error {
  override readonly name = 'PlaceChange';
  readonly reason: RouteReason;

  constructor(reason: RouteReason) {
    super('The answer is made on this machine.');
    this.reason = reason;
  }
}
