import { useMutation, useQuery } from '@tanstack/react-query';
import type { CataloguedModel } from '../../electron/shared/catalogue.ts';
import type { ModelId } from '../../electron/shared/ids.ts';
import type { MachineReport } from '../../electron/shared/machine.ts';
import type { AdapterDescription, ForeignModel, QuarantinedModel } from '../../electron/shared/model-detail.ts';
import type { ModelList } from '../../electron/shared/model.ts';
import { useApi } from './api-context.tsx';

/** What is on this computer; undefined until first heard. */
export function useModelList(): ModelList | undefined {
  const { query } = useApi();
  return useQuery(query.models.list.queryOptions()).data;
}

/** How one model runs here, where it comes from, what it is run with. */
export function useModelDetail(id: ModelId) {
  const { query } = useApi();
  return useQuery(query.models.detail.queryOptions({ input: { id } }));
}

/** Models that could be here, with what this computer makes of them; undefined until first heard. */
export function useCatalogue(): readonly CataloguedModel[] | undefined {
  const { query } = useApi();
  return useQuery(query.catalogue.list.queryOptions()).data;
}

/** What models run on; undefined until first heard. */
export function useMachine(): MachineReport | undefined {
  const { query } = useApi();
  return useQuery(query.machine.report.queryOptions({ staleTime: 30_000 })).data;
}

/** What other programs on this computer have. */
export function useForeignModels(): readonly ForeignModel[] {
  const { query } = useApi();
  return useQuery(query.models.foreign.queryOptions({ staleTime: 30_000 })).data ?? [];
}

/** Files that were put aside. */
export function useQuarantine(): readonly QuarantinedModel[] {
  const { query } = useApi();
  return useQuery(query.models.quarantined.queryOptions()).data ?? [];
}

/** Adapters in the model folder. */
export function useAdapters(): readonly AdapterDescription[] {
  const { query } = useApi();
  return useQuery(query.models.adapters.queryOptions()).data ?? [];
}

/** Has everything that hangs on the models of this computer asked for again. */
export function useModelsChanged(): () => void {
  const { query, queryClient } = useApi();
  return () => {
    for (const queryKey of [query.models.key(), query.catalogue.list.key(), query.settings.key()]) {
      void queryClient.invalidateQueries({ queryKey });
    }
  };
}

/** Chooses the model of a job; shown everywhere as soon as it is stored. */
export function useSelectModel() {
  const { query } = useApi();
  const changed = useModelsChanged();
  return useMutation(query.models.select.mutationOptions({ onSuccess: changed }));
}

/** Uses a file of the person's own where it lies; only where the page has files and not copies of them. */
export function useLinkModel() {
  const { door, client } = useApi();
  const changed = useModelsChanged();
  return useMutation({
    mutationFn: async (file: File): Promise<ModelList> => {
      const { ticket } = await door.ticketFor(file);
      return client.models.link({ ticket });
    },
    onSuccess: changed,
  });
}

/** Takes an adapter into the model folder. */
export function useImportAdapter() {
  const { door, client } = useApi();
  const changed = useModelsChanged();
  return useMutation({
    mutationFn: async (file: File): Promise<AdapterDescription> => {
      const { ticket } = await door.ticketFor(file);
      return client.models.importAdapter({ ticket });
    },
    onSuccess: changed,
  });
}

/** Measures this computer; every prediction is asked for again. */
export function useProbe() {
  const { query, queryClient } = useApi();
  const changed = useModelsChanged();
  return useMutation(
    query.machine.probe.mutationOptions({
      onSuccess: async () => {
        changed();
        await queryClient.invalidateQueries({ queryKey: query.machine.key() });
      },
    }),
  );
}
