/** One rack: front and rear elevation side by side, bars of weight and power, and beside them what is chosen. */
import { useParams } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { useRead, useRecord } from "@/api/hooks";
import type { Action, Row } from "@/api/types";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { useSearchValue } from "@/ui/use-tab";
import { DevicePanel } from "./DevicePanel";
import { Face } from "./Face";
import { PlacePanel } from "./PlacePanel";
import classes from "./Rack.module.css";
import { RackLoad } from "./RackLoad";
import { slotsOf } from "./slots";
import type { Elevation, Face as FaceName } from "./types";
import { useDrag } from "./use-drag";

interface RackRecord extends Row {
  code: string;
  name?: string;
  path?: { code: string; name: string }[];
  actions?: Action[];
}

type Chosen = { what: "device"; code: string } | { what: "free"; unit: number; face: FaceName } | null;
const faces: FaceName[] = ["front", "rear"];

export function Rack() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/racks/${encodeURIComponent(code)}`;
  const record = useRecord<RackRecord>(path);
  const elevation = useRead<Elevation>(`${path}/elevation`, {}, { keep: true });
  const carried = useSearchValue("asset");
  const [cursor, setCursor] = useState<{ face: FaceName; index: number } | null>(null);
  const [chosen, setChosen] = useState<Chosen>(null);
  const [moving, setMoving] = useState<string | null>(null);
  const { dragged, begin } = useDrag(({ asset, unit, face }) => {
    setMoving(asset);
    setChosen({ what: "free", unit, face });
  });
  const stage = useRef<HTMLDivElement>(null);

  const slots = useMemo(
    () =>
      elevation.data
        ? { front: slotsOf(elevation.data, "front"), rear: slotsOf(elevation.data, "rear") }
        : null,
    [elevation.data],
  );
  const focusFace = (face: FaceName) =>
    stage.current?.querySelector<SVGElement>(`svg[data-face="${face}"]`)?.focus();

  const error = elevation.error ?? record.error;
  if (error && !elevation.data)
    return (
      <Page title={code}>
        <ProblemCard error={error} onRetry={() => elevation.refetch()} />
      </Page>
    );
  const data = elevation.data;
  if (!data || !slots) return <Page title={code}>{null}</Page>;
  const rack = record.data?.data;
  const device =
    chosen?.what === "device" ? data.placements.find((p) => p.asset.code === chosen.code) : undefined;

  return (
    <Page
      title={data.rack.code}
      heading={
        <>
          <Code value={data.rack.code} size="lg" /> {data.rack.name !== data.rack.code && data.rack.name}
        </>
      }
      lead={
        <>
          {rack?.path && (
            <span>
              {rack.path
                .slice(0, -1)
                .map((step) => step.name)
                .join(" / ")}
            </span>
          )}
          <span>{data.rack.u_height} U</span>
          <span>{slots.front.filter((s) => !s.placement).length} U free in front</span>
        </>
      }
      actions={
        <>
          <ActionBar actions={rack?.actions} subject={data.rack.code} omit={["label", "place"]} />
          <LabelsButton kind="rack" codes={[data.rack.code]} label="Print label" />
        </>
      }
    >
      <div className={classes.layout}>
        <div ref={stage} className={classes.stage} data-dragging={dragged ?? undefined} onPointerDown={begin}>
          {faces.map((face) => (
            <Face
              key={face}
              face={face}
              rack={data.rack.code}
              total={data.rack.u_height}
              descending={data.rack.descending_units ?? false}
              slots={slots[face]}
              chosen={cursor?.face === face ? cursor.index : null}
              selected={chosen?.what === "device" ? chosen.code : null}
              target={chosen?.what === "free" && chosen.face === face ? chosen.unit : null}
              onChoose={(index) => setCursor({ face, index })}
              onSwitch={(step) => {
                const other = faces[faces.indexOf(face) + step];
                if (!other) return;
                const here = slots[face][cursor?.index ?? 0];
                const index = slots[other].findIndex((s) => here && s.top + s.height > here.top);
                setCursor({ face: other, index: Math.max(0, index) });
                focusFace(other);
              }}
              onAct={(slot) =>
                setChosen(
                  slot.placement
                    ? { what: "device", code: slot.placement.asset.code }
                    : { what: "free", unit: slot.unit, face },
                )
              }
            />
          ))}
        </div>
        <aside className={classes.side} aria-label="Beside the rack">
          <RackLoad elevation={data} />
          {device ? (
            <DevicePanel
              placement={device}
              onMove={() => {
                setMoving(device.asset.code);
                setChosen(null);
              }}
              onClose={() => setChosen(null)}
            />
          ) : chosen?.what === "free" ? (
            <PlacePanel
              key={`${chosen.face} ${chosen.unit} ${moving ?? ""}`}
              rack={data.rack.code}
              unit={chosen.unit}
              face={chosen.face}
              asset={moving ?? carried ?? ""}
              onDone={(asset) => {
                setMoving(null);
                setChosen({ what: "device", code: asset });
              }}
              onClose={() => setChosen(null)}
            />
          ) : (
            <p className="muted">
              {moving || carried ? (
                <>
                  Choose the free unit for <span className="mono">{moving ?? carried}</span>.
                </>
              ) : (
                "Choose a device to see it, or a free unit to place something there. The arrow keys move through the units."
              )}
            </p>
          )}
        </aside>
      </div>
    </Page>
  );
}
