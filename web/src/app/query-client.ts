/** How reads are kept: fresh for a short while, retried only when nothing answered, never for a refusal. */
import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "@/api/problem";

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => {
        const status = asProblem(error).status;
        return (status === 0 || status >= 502) && count < 2;
      },
    },
    mutations: { retry: false },
  },
});
