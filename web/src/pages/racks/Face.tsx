/** One face of a rack, drawn to scale: units numbered, devices with name and state, free space visibly free. */
import { useId } from "react";
import { words } from "@/lib/format";
import { stateFill, stateInk } from "@/lib/states";
import { StateGlyph } from "@/ui/State";
import classes from "./Face.module.css";
import { type Slot, unitText } from "./slots";
import type { Face as FaceName } from "./types";

/** A unit is 44.45 mm high and a rack opening 450 mm wide: the same ratio on screen. */
export const UNIT = 18;
export const WIDTH = Math.round((450 / 44.45) * UNIT);
const NUMBERS = 28;
const FRAME = 8;

interface Props {
  face: FaceName;
  rack: string;
  total: number;
  descending: boolean;
  slots: Slot[];
  chosen: number | null;
  selected: string | null;
  target: number | null;
  onChoose: (index: number) => void;
  onAct: (slot: Slot) => void;
  onSwitch: (step: -1 | 1) => void;
}

export function Face({
  face,
  rack,
  total,
  descending,
  slots,
  chosen,
  selected,
  target,
  onChoose,
  onAct,
  onSwitch,
}: Props) {
  const id = useId();
  const width = NUMBERS + WIDTH + FRAME * 2;
  const height = total * UNIT + FRAME * 2;
  const keys = (event: React.KeyboardEvent) => {
    const at = chosen ?? 0;
    const slot = slots[at];
    if (event.key === "ArrowDown") onChoose(Math.min(at + 1, slots.length - 1));
    else if (event.key === "ArrowUp") onChoose(Math.max(at - 1, 0));
    else if (event.key === "ArrowLeft") onSwitch(-1);
    else if (event.key === "ArrowRight") onSwitch(1);
    else if ((event.key === "Enter" || event.key === " ") && slot) onAct(slot);
    else return;
    event.preventDefault();
  };
  return (
    <figure className={classes.face}>
      <figcaption>{face === "front" ? "Front" : "Rear"}</figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        className={classes.svg}
        role="listbox"
        aria-label={`${rack} ${face}`}
        aria-activedescendant={chosen === null ? undefined : `${id}-${chosen}`}
        tabIndex={0}
        data-face={face}
        onKeyDown={keys}
        onFocus={() => chosen === null && onChoose(0)}
      >
        <g aria-hidden="true">
          <rect
            x={NUMBERS}
            y={0}
            width={WIDTH + FRAME * 2}
            height={height}
            rx={3}
            className={classes.frame}
          />
          <rect
            x={NUMBERS + FRAME}
            y={FRAME}
            width={WIDTH}
            height={total * UNIT}
            className={classes.inside}
          />
          {Array.from({ length: total }, (_, i) => {
            const number = descending ? i + 1 : total - i;
            return (
              <text key={number} x={NUMBERS - 6} y={FRAME + i * UNIT + UNIT / 2} className={classes.number}>
                {number}
              </text>
            );
          })}
        </g>
        {slots.map((slot, index) => (
          <g
            key={`${slot.unit}-${slot.placement?.asset.code ?? "free"}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            data-unit={slot.unit}
            data-asset={slot.placement?.asset.code}
            aria-label={labelOf(slot, face)}
            transform={`translate(${NUMBERS + FRAME} ${FRAME + slot.top * UNIT})`}
            className={slot.placement ? classes.device : classes.free}
            data-target={!slot.placement && slot.unit === target ? true : undefined}
            data-selected={slot.placement && slot.placement.asset.code === selected ? true : undefined}
            onClick={() => {
              onChoose(index);
              onAct(slot);
            }}
          >
            {slot.placement ? <Device slot={slot} face={face} /> : <Free slot={slot} />}
            {index === chosen && (
              <rect x={1} y={1} width={WIDTH - 2} height={slot.height * UNIT - 2} className={classes.ring} />
            )}
          </g>
        ))}
      </svg>
    </figure>
  );
}

function labelOf(slot: Slot, face: FaceName): string {
  const where = `${unitText(slot.unit, slot.height)} ${face}`;
  if (!slot.placement) return `${where}: free`;
  const { asset } = slot.placement;
  return `${where}: ${asset.code} ${asset.name ?? ""}, ${words(asset.status)}`;
}

function Free({ slot }: { slot: Slot }) {
  return (
    <>
      <rect x={0.5} y={0.5} width={WIDTH - 1} height={slot.height * UNIT - 1} className={classes.hole} />
      <circle cx={6} cy={UNIT / 2} r={1.6} className={classes.screw} />
      <circle cx={WIDTH - 6} cy={UNIT / 2} r={1.6} className={classes.screw} />
    </>
  );
}

function Device({ slot, face }: { slot: Slot; face: FaceName }) {
  const { asset, face: side } = slot.placement!;
  const height = slot.height * UNIT;
  const model = typeof asset.model === "string" ? asset.model : (asset.model?.name ?? "");
  const behind = side === "both" && face === "rear";
  const room = height >= 16;
  const tall = height >= 32;
  return (
    <>
      <rect
        x={1}
        y={1}
        width={WIDTH - 2}
        height={height - 2}
        rx={1.5}
        fill={stateFill(asset.status)}
        stroke={stateInk(asset.status)}
        strokeWidth={1}
      />
      <rect x={1} y={1} width={5} height={height - 2} fill={stateInk(asset.status)} />
      {room && (
        <StateGlyph state={asset.status} x={9} y={(tall ? height / 2 - 7 : height / 2) - 4} size={8} />
      )}
      {behind && (
        <g className={classes.fans}>
          {[0, 1, 2].map((n) => (
            <circle key={n} cx={WIDTH - 12 - n * 13} cy={height / 2} r={Math.min(5, height / 2 - 4)} />
          ))}
        </g>
      )}
      {room && (
        <text x={21} y={tall ? height / 2 - 7 : height / 2} className={classes.name}>
          {clip(asset.name || model || asset.code, tall ? 22 : behind ? 16 : 13)}
        </text>
      )}
      {room && !behind && (
        <text
          x={tall ? 21 : WIDTH - 6}
          y={tall ? height / 2 + 8 : height / 2}
          className={classes.code}
          textAnchor={tall ? "start" : "end"}
        >
          {asset.code}
        </text>
      )}
    </>
  );
}

const clip = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length - 1)}…` : text;
