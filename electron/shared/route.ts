import { z } from 'zod';

/** Where an answer was computed: this machine, a server of the user's own, or a vendor's cloud. */
export const zoneSchema = z.enum(['local', 'own-server', 'cloud']);

/** Where and why. Words for `reason` are in the catalogue under `chat:why.<reason>`. */
export const routeReasonSchema = z.enum([
  'only-local-models',
  'mode-off',
  'offline',
  'local-only',
  'private-content',
  'local-is-good-enough',
  'fits-local',
  'too-long-for-local',
  'language-not-local',
  'local-answer-rejected',
  'quality-preferred',
  'on-battery',
  'machine-busy',
  'budget-spent',
  'no-remote',
  'no-local-model',
  'remote-failed',
  'person-chose-local',
  'person-chose-remote',
  'not-sent',
  'continued-there',
  'quick-ask-stays',
]);
export type RouteReason = z.infer<typeof routeReasonSchema>;

/** What a person said for one question; left out, the rules decide. */
export const placeChoiceSchema = z.enum(['local', 'remote']);
export type PlaceChoice = z.infer<typeof placeChoiceSchema>;

export const routeSchema = z
  .object({
    zone: zoneSchema,
    reason: routeReasonSchema,
    /** Name and model of a remote; absent for this machine. */
    remoteName: z.string().optional(),
    modelName: z.string().optional(),
    /** Chance that the remote's answer would be better, as the router saw it, 0 to 1; absent where a rule decided. */
    gain: z.number().min(0).max(1).optional(),
  })
  .readonly();
export type Route = z.infer<typeof routeSchema>;
