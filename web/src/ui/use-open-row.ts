/** Opens a list's row at the page of its code. */
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { Row } from "@/api/types";

export function useOpenRow(path: (code: string) => string, column = "code") {
  const navigate = useNavigate();
  return useCallback(
    (row: Row) => {
      const value = row[column] ?? row.code ?? row.id;
      const code = typeof value === "object" && value !== null ? (value as { code?: string }).code : value;
      if (code) navigate({ to: path(String(code)) });
    },
    [navigate, path, column],
  );
}
