import { z } from 'zod';

/** Where an answer was computed: this machine, a server of the user's own, or a vendor's cloud. */
export const zoneSchema = z.enum(['local', 'own-server', 'cloud']);

/** Where and why. `reason` is a key of the catalogue (`route.reason.<reason>`). */
export const routeSchema = z.object({ zone: zoneSchema, reason: z.enum(['only-local-models']) }).readonly();
export type Route = z.infer<typeof routeSchema>;
