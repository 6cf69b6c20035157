/** Puts an asset into rack units. A refusal shows the units that are free as buttons. */
import { Button, NumberInput, SegmentedControl, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { ActionButton } from "@/ui/ActionBar";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import classes from "./Rack.module.css";
import type { Face } from "./types";

interface Props {
  asset: string;
  rack?: string;
  unit?: number;
  face?: Face;
  fixedRack?: boolean;
  fixedAsset?: boolean;
  onDone: (asset: string) => void;
}

export function PlaceForm({
  asset: given,
  rack: givenRack = "",
  unit: givenUnit,
  face: givenFace = "front",
  fixedRack,
  fixedAsset,
  onDone,
}: Props) {
  const [asset, setAsset] = useState(given);
  const [rack, setRack] = useState(givenRack);
  const [unit, setUnit] = useState<number | string>(givenUnit ?? "");
  const [face, setFace] = useState<Face>(givenFace);
  const asOf = useAsOf();
  const send = useSend();
  const problem = send.error ? asProblem(send.error) : null;
  const free = (problem?.body.free_units as (number | string)[] | undefined) ?? [];

  const place = (at: number | string = unit) =>
    send.mutate(
      { path: `/assets/${encodeURIComponent(asset)}/place`, body: { rack, unit: Number(at), face } },
      {
        onSuccess: () => {
          notifications.show({ message: `${asset} is in ${rack} U${at}` });
          onDone(asset);
        },
      },
    );

  return (
    <Form
      onSave={() => {
        if (asset && rack && unit !== "") place();
      }}
    >
      <Stack gap={12}>
        {!fixedAsset && (
          <RecordPicker
            label="Asset"
            description="Its code, serial or name; scanning its label works too"
            target="assets"
            required
            autoFocus
            value={asset}
            onChange={setAsset}
          />
        )}
        {!fixedRack && (
          <RecordPicker label="Rack" target="racks" required autoFocus value={rack} onChange={setRack} />
        )}
        <NumberInput label="Lowest unit" required min={0.5} step={0.5} value={unit} onChange={setUnit} />
        <SegmentedControl
          aria-label="Face"
          value={face}
          onChange={(f) => setFace(f as Face)}
          data={[
            { value: "front", label: "Front" },
            { value: "rear", label: "Rear" },
          ]}
        />
        <p className="faint small">Full-depth devices take both faces, whichever is chosen.</p>
        {problem && (
          <ProblemCard error={problem}>
            {free.length > 0 && (
              <div className={classes.buttons} role="group" aria-label="Free units">
                {free.slice(0, 8).map((u) => (
                  <Button
                    key={u}
                    data-size="xs"
                    onClick={() => {
                      setUnit(Number(u));
                      place(u);
                    }}
                  >
                    Place in U{u}
                  </Button>
                ))}
              </div>
            )}
          </ProblemCard>
        )}
        <ActionButton
          label="Place"
          primary
          loading={send.isPending}
          reason={
            asOf
              ? READ_ONLY_PAST
              : !asset
                ? "Choose the asset first"
                : !rack
                  ? "Choose the rack first"
                  : unit === ""
                    ? "Say the lowest unit"
                    : null
          }
          onClick={() => place()}
        />
      </Stack>
    </Form>
  );
}
