import type { Services } from '../api/context.ts';

/** All of them: a service that is missing here, or one too many, does not compile. */
const serviceNames: Readonly<Record<keyof Services, true>> = {
  answers: true,
  catalogue: true,
  chat: true,
  cloud: true,
  conversations: true,
  desktop: true,
  documents: true,
  downloads: true,
  drafts: true,
  enginePacks: true,
  files: true,
  fit: true,
  keys: true,
  library: true,
  models: true,
  presets: true,
  privacy: true,
  quickAsk: true,
  remotes: true,
  runs: true,
  savedStates: true,
  search: true,
  settings: true,
  status: true,
  summaries: true,
  transfer: true,
  updates: true,
  usage: true,
};

/** The services of the moment. `current` throws while there are none, and then so does taking any of them. */
export function servicesWhileOpen(current: () => Services): Services {
  const services = {};
  for (const name of Object.keys(serviceNames)) {
    // The record above has exactly the names of the services.
    const get = (): unknown => current()[name as keyof Services];
    Object.defineProperty(services, name, { enumerable: true, get });
  }
  // Every name has just been defined.
  return services as Services;
}
