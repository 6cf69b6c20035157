/** Dragging a device of the picture onto a free unit: nothing moves yet, the unit is chosen for it. */
import { useEffect, useRef, useState } from "react";
import type { Face } from "./types";

const FAR = 6;

interface Drop {
  asset: string;
  unit: number;
  face: Face;
}

const slotAt = (x: number, y: number) =>
  document.elementFromPoint(x, y)?.closest<SVGGElement>("[data-unit]") ?? null;

/** Gives the asset that is being dragged, and the handler that begins a drag on the picture. */
export function useDrag(onDrop: (drop: Drop) => void) {
  const [dragged, setDragged] = useState<string | null>(null);
  const start = useRef<{ asset: string; x: number; y: number } | null>(null);
  const drop = useRef(onDrop);
  drop.current = onDrop;

  useEffect(() => {
    const move = (event: PointerEvent) => {
      const from = start.current;
      if (from && Math.hypot(event.clientX - from.x, event.clientY - from.y) > FAR) setDragged(from.asset);
    };
    const up = (event: PointerEvent) => {
      const from = start.current;
      start.current = null;
      setDragged(null);
      if (!from || Math.hypot(event.clientX - from.x, event.clientY - from.y) <= FAR) return;
      const slot = slotAt(event.clientX, event.clientY);
      const face = slot?.closest<SVGElement>("[data-face]")?.dataset.face as Face | undefined;
      if (slot && face && !slot.dataset.asset)
        drop.current({ asset: from.asset, unit: Number(slot.dataset.unit), face });
    };
    const stop = () => {
      start.current = null;
      setDragged(null);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("pointercancel", stop);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("pointercancel", stop);
    };
  }, []);

  const begin = (event: React.PointerEvent) => {
    const asset = (event.target as Element).closest<SVGGElement>("[data-asset]")?.dataset.asset;
    if (asset && event.pointerType === "mouse" && event.button === 0)
      start.current = { asset, x: event.clientX, y: event.clientY };
  };
  return { dragged, begin };
}
