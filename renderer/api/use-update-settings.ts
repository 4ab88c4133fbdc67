import { useMutation } from '@tanstack/react-query';
import { useApi } from './api-context.tsx';

/** Changes settings, shown everywhere as soon as they are stored. */
export function useUpdateSettings() {
  const { query, queryClient } = useApi();
  return useMutation(
    query.settings.update.mutationOptions({
      onSuccess: (changed) => queryClient.setQueryData(query.settings.get.queryKey(), changed),
    }),
  );
}
