/** What stands around every page: rail or bottom bar, top bar, the band of the past, palette and help. */
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useMe } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useHotkeys } from "@/lib/hotkeys";
import { pb } from "@/lib/paths";
import { ProblemCard } from "@/ui/ProblemCard";
import { AsOfBand } from "./AsOfBand";
import { BottomBar } from "./BottomBar";
import classes from "./Frame.module.css";
import { Help } from "./Help";
import { PLACES } from "./nav";
import { Palette, type PaletteMode } from "./Palette";
import { Rail } from "./Rail";
import { TopBar } from "./TopBar";

export function Frame() {
  const navigate = useNavigate();
  const me = useMe();
  const [palette, setPalette] = useState<PaletteMode | null>(null);
  const [help, setHelp] = useState(false);
  const location = useRouterState({ select: (state) => state.location });
  const refused = me.error ? asProblem(me.error) : null;

  useEffect(() => {
    if (refused?.status === 401)
      navigate({ to: pb.signIn(), search: { next: location.href } as never, replace: true });
  }, [refused?.status, navigate, location.href]);

  useHotkeys({
    "/": () => setPalette("search"),
    "Ctrl+k": () => setPalette("commands"),
    "?": () => setHelp(true),
    ...Object.fromEntries(PLACES.map((place) => [`g ${place.key}`, () => navigate({ to: place.to })])),
  });

  if (refused && refused.status !== 401) {
    return (
      <main className={classes.alone}>
        <h1>Quartermaster</h1>
        <ProblemCard error={refused} onRetry={() => me.refetch()} />
      </main>
    );
  }
  if (!me.data) return <main className={classes.alone} aria-busy="true" aria-label="Opening" />;

  return (
    <div className={classes.frame} data-scan={location.pathname === "/scan" || undefined}>
      <a href="#content" className={classes.skip}>
        Skip to the page
      </a>
      <Rail path={location.pathname} />
      <div className={classes.body}>
        <TopBar me={me.data} onSearch={() => setPalette("search")} onHelp={() => setHelp(true)} />
        <AsOfBand />
        <main id="content" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <BottomBar path={location.pathname} onSearch={() => setPalette("search")} />
      {palette && <Palette mode={palette} onClose={() => setPalette(null)} onHelp={() => setHelp(true)} />}
      {help && <Help onClose={() => setHelp(false)} />}
    </div>
  );
}
