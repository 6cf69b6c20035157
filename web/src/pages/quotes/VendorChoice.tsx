/** Which vendors are asked: found by typing, one after the other, taken away again with a button each. */
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { RecordPicker } from "@/ui/RecordPicker";
import type { NamedVendor } from "./entry";
import classes from "./VendorChoice.module.css";

interface Props {
  vendors: NamedVendor[];
  onChange: (vendors: NamedVendor[]) => void;
}

export function VendorChoice({ vendors, onChange }: Props) {
  const [round, setRound] = useState(0);
  return (
    <div className={classes.choice}>
      <RecordPicker
        key={round}
        label="Vendors"
        description="Choose one after the other."
        target="vendors"
        autoFocus={round > 0}
        value=""
        onChange={(code, found) => {
          if (!found) return;
          setRound(round + 1);
          if (!vendors.some((vendor) => vendor.code === code))
            onChange([...vendors, { code, label: found.label }]);
        }}
      />
      {vendors.length > 0 && (
        <ul className={classes.vendors} aria-label="Vendors that are asked">
          {vendors.map((vendor) => (
            <li key={vendor.code}>
              {vendor.label}
              <button
                type="button"
                aria-label={`Do not ask ${vendor.label}`}
                onClick={() => onChange(vendors.filter((other) => other.code !== vendor.code))}
              >
                <IconX size={14} stroke={1.8} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
