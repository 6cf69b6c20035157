/** Placing an asset into a chosen free unit, beside the picture. */
import { ActionIcon } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { PlaceForm } from "./PlaceForm";
import classes from "./Rack.module.css";
import type { Face } from "./types";

interface Props {
  rack: string;
  unit: number;
  face: Face;
  asset: string;
  onDone: (asset: string) => void;
  onClose: () => void;
}

export function PlacePanel({ rack, unit, face, asset, onDone, onClose }: Props) {
  return (
    <section className={classes.panel} aria-label={`Place in U${unit}`}>
      <div className={classes.panelHead}>
        <h2>
          Place in U{unit}, {face}
        </h2>
        <ActionIcon variant="subtle" aria-label="Close" onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <PlaceForm asset={asset} rack={rack} unit={unit} face={face} fixedRack onDone={onDone} />
    </section>
  );
}
