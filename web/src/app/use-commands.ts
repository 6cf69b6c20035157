/** What the palette can do besides finding: go to any place, switch light and dark, return to now. */
import { useMantineColorScheme } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useAsOf, useSetAsOf } from "./as-of";
import { PLACES, SUBPLACES } from "./nav";

export interface Command {
  label: string;
  key?: string;
  run: () => void;
}

export function useCommands(onHelp: () => void): Command[] {
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const asOf = useAsOf();
  const setAsOf = useSetAsOf();
  return [
    ...(asOf ? [{ label: "Return to now", run: () => setAsOf(null) }] : []),
    ...PLACES.map((place) => ({
      label: place.label,
      key: `g ${place.key}`,
      run: () => navigate({ to: place.to }),
    })),
    ...SUBPLACES.map((place) => ({ label: place.label, run: () => navigate({ to: place.to }) })),
    { label: "Light appearance", run: () => setColorScheme("light") },
    { label: "Dark appearance", run: () => setColorScheme("dark") },
    { label: "Appearance of the system", run: () => setColorScheme("auto") },
    { label: "Keyboard", key: "?", run: onHelp },
  ];
}
