/** What is known of an asset, and its other names. */
import { Link } from "@tanstack/react-router";
import { nameOf } from "@/api/refs";
import { words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Code } from "@/ui/Code";
import { CreateButton } from "@/ui/CreateButton";
import { Facts } from "@/ui/Facts";
import { Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { Day, Instant, Money } from "@/ui/values";
import { PlaceLink } from "./Asset";
import type { AssetRecord } from "./types";

const aliasFields = [
  {
    name: "kind",
    options: [
      "service_tag",
      "express_code",
      "board_serial",
      "mac",
      "wwn",
      "vendor_code",
      "inventory_number",
      "hostname",
    ],
  },
  { name: "value" },
];

export function AssetFacts({ asset }: { asset: AssetRecord }) {
  const model = typeof asset.model === "object" ? asset.model : null;
  return (
    <>
      <Section>
        <Facts
          items={[
            ["Serial", <Code key="s" value={asset.serial} />],
            [
              "Model",
              model ? (
                <Link to={pb.model(model.code ?? model.id ?? "")}>{model.name}</Link>
              ) : (
                nameOf(asset.model)
              ),
            ],
            ["Manufacturer", nameOf(asset.manufacturer) ?? model?.manufacturer],
            ["Part number", model?.part_number && <Code value={model.part_number} />],
            ["Owner", <RefLink key="o" kind="team" value={asset.team} />],
            ["Place", <PlaceLink key="p" place={asset.place} />],
            ["Order", asset.order && <Code value={asset.order.code} to={pb.order(asset.order.code)} />],
            ["Cost", asset.cost && <Money amount={asset.cost} currency={asset.currency} />],
            ["Received", asset.received_at && <Instant at={asset.received_at} />],
            ["Warranty ends", asset.warranty_ends && <Day at={asset.warranty_ends} />],
            ["Notes", asset.notes],
          ]}
        />
      </Section>
      <Section
        title="Other names"
        actions={
          <CreateButton
            label="Add a name"
            path={`/assets/${encodeURIComponent(asset.code)}/aliases`}
            fields={aliasFields}
            primary={false}
          />
        }
      >
        {asset.aliases && asset.aliases.length > 0 ? (
          <Facts
            columns={1}
            items={asset.aliases.map((alias) => [
              words(alias.kind),
              <Code key={alias.value} value={alias.value} />,
            ])}
          />
        ) : (
          <p className="muted">
            Service tag, MAC, board serial: whatever else a scanner may read on it can be added here.
          </p>
        )}
      </Section>
    </>
  );
}
