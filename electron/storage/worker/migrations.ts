import type { Migration } from './migrate.ts';
import { createFirstSchema } from './migrations/0001-create-first-schema.ts';
import { keepConversations } from './migrations/0002-keep-conversations.ts';
import { keepLibraries } from './migrations/0003-keep-libraries.ts';
import { keepStatesAndKeys } from './migrations/0004-keep-states-and-keys.ts';
import { keepWhatLeft } from './migrations/0005-keep-what-left.ts';
import { keepContexts } from './migrations/0006-keep-contexts.ts';

/** In order of their versions. A migration that has shipped is never changed again. */
export const migrations: readonly Migration[] = [
  { version: 1, apply: createFirstSchema },
  { version: 2, apply: keepConversations },
  { version: 3, apply: keepLibraries },
  { version: 4, apply: keepStatesAndKeys },
  { version: 5, apply: keepWhatLeft },
  { version: 6, apply: keepContexts },
];
