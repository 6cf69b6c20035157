/** What a device in the rack is, beside the picture. */
import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { nameOf } from "@/api/refs";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import type { AssetRecord } from "@/pages/assets/types";
import { ActionBar, ActionButton } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { State } from "@/ui/State";
import classes from "./Rack.module.css";
import { unitText } from "./slots";
import type { Placement } from "./types";

interface Props {
  placement: Placement;
  onMove: () => void;
  onClose: () => void;
}

export function DevicePanel({ placement, onMove, onClose }: Props) {
  const { asset } = placement;
  const asOf = useAsOf();
  const record = useRecord<AssetRecord>(`/assets/${encodeURIComponent(asset.code)}`);
  const actions = record.data?.data.actions;
  const place = actions?.find((a) => a.name === "place");
  return (
    <section className={classes.panel} aria-label={asset.code}>
      <div className={classes.panelHead}>
        <Code value={asset.code} to={pb.asset(asset.code)} />
        <State state={asset.status} />
        <ActionIcon variant="subtle" aria-label="Close" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <Facts
        columns={1}
        items={[
          ["Name", asset.name],
          ["Model", typeof asset.model === "string" ? asset.model : asset.model?.name],
          ["Serial", asset.serial && <Code value={asset.serial} />],
          [
            "Units",
            `${unitText(Number(placement.unit), Number(placement.height))}, ${placement.face === "both" ? "front and rear" : placement.face}`,
          ],
          ["Owner", nameOf(record.data?.data.team)],
        ]}
      />
      <div className={classes.buttons}>
        <Button component={Link} {...({ to: pb.asset(asset.code) } as object)} variant="filled">
          Open
        </Button>
        <ActionButton
          label="Move to another unit"
          reason={asOf ? READ_ONLY_PAST : place && !place.allowed && place.reason ? place.reason : null}
          onClick={onMove}
        />
        <ActionBar actions={actions?.filter((a) => a.name === "unplace")} subject={asset.code} />
      </div>
    </section>
  );
}
