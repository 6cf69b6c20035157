/** The buyer's view: lines of accepted requests that stand in no order yet, to be chosen and bundled. */
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { BundleDialog } from "./BundleDialog";
import { type Chosen, chosenOf } from "./bundle";

const open = { status: "accepted", open: "true" };

/** `REQ-2026-00001:2,REQ-2026-00003:1`, as the form that asks vendors reads it. */
const addressOf = (rows: Row[]) =>
  rows
    .map(chosenOf)
    .map((line) => `${line.requisition}:${line.line}`)
    .join(",");

export function ToOrder() {
  const [bundling, setBundling] = useState<Chosen[] | null>(null);
  const asOf = useAsOf();
  const navigate = useNavigate();
  return (
    <>
      <ListPage
        title="To order"
        list="requisition-lines"
        siblings={orderSiblings}
        fixed={open}
        open={(row) => pb.request(codeOf(row))}
        bulk={
          asOf
            ? undefined
            : (rows: Row[]) => (
                <>
                  <Button variant="filled" onClick={() => setBundling(rows.map(chosenOf))}>
                    Bundle
                  </Button>
                  <Button
                    onClick={() =>
                      navigate({ to: pb.quoteNew(), search: { requests: addressOf(rows) } as never })
                    }
                  >
                    Ask for quotes
                  </Button>
                </>
              )
        }
        empty={
          <EmptyState title="Nothing is to be ordered">
            Lines of requests come here when a buyer has accepted them, and leave when they are in an order.
          </EmptyState>
        }
      />
      {bundling && <BundleDialog lines={bundling} onClose={() => setBundling(null)} />}
    </>
  );
}
