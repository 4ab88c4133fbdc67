import { join } from 'node:path';
import type { Services } from '../api/context.ts';
import { runProbe } from '../inference/probe/run-probe.ts';
import { createCatalogueService } from '../services/catalogue/create-catalogue-service.ts';
import { createFitService } from '../services/fit/create-fit-service.ts';
import type { FitService } from '../services/fit/fit-service.ts';
import type { HubService } from '../services/hub/hub-service.ts';
import { availableMemoryBytes } from '../services/models/choose-model.ts';
import type { AppOptions } from './app.ts';
import type { CloseStack } from './close-stack.ts';
import { observeAnswers } from './observe-answers.ts';
import type { Foundation } from './open-foundation.ts';

/** What this machine can run, measured in an engine process of its own. */
export function composeFit({ platform, engineLauncher }: AppOptions, { devices, engine }: Foundation): FitService {
  const { clock, logger, cores, folders } = platform;
  return createFitService({
    dataFolder: folders.data,
    cores,
    clock,
    logger,
    devices,
    measure: async (backend, signal) =>
      await runProbe({
        launcher: engineLauncher,
        clock,
        logger,
        cores,
        backend,
        temporaryFolder: join(folders.temporary, 'probe'),
        signal,
      }),
    // Another model would take the place of the one that is loaded.
    availableBytes: () => availableMemoryBytes() + (engine.loaded('chat')?.memoryBytes ?? 0),
  });
}

/** What could run here, and what did: each answer corrects the predictions. */
export function composeCatalogue(
  { platform }: AppOptions,
  { engine }: Foundation,
  parts: Pick<Services, 'fit' | 'models' | 'runs'> & { readonly hub: HubService },
  ends: CloseStack,
): Services['catalogue'] {
  const { clock, logger, folders } = platform;
  const { fit, models, runs, hub } = parts;
  ends.add(
    'observations',
    observeAnswers({ engine, fit, models, runs, clock, logger }),
    async (opened) => await opened.close(),
  );
  return createCatalogueService({
    resourcesFolder: folders.resources,
    dataFolder: folders.data,
    modelFolder: folders.models,
    hub,
    fit,
    models,
    clock,
    logger,
  });
}
