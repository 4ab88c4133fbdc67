import type { Migration } from './migrate.ts';
import { createFirstSchema } from './migrations/0001-create-first-schema.ts';

/** In order of their versions. A migration that has shipped is never changed again. */
export const migrations: readonly Migration[] = [{ version: 1, apply: createFirstSchema }];
