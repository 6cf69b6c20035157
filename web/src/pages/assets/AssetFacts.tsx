/** What is known of an asset, and its other names. */
import { codeOf, nameOf } from "@/api/refs";
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

/** The kinds of other names that the books know. */
const ALIAS_KINDS = [
  "service_tag",
  "express_service_code",
  "board_serial",
  "chassis_serial",
  "mac",
  "wwn",
  "uuid",
  "giai",
  "vendor_code",
  "old_tag",
  "other",
];

export const aliasFields = [
  {
    name: "kind",
    options: ALIAS_KINDS,
  },
  { name: "value" },
];

export function AssetFacts({ asset }: { asset: AssetRecord }) {
  const order = codeOf(asset.order);
  return (
    <>
      <Section>
        <Facts
          items={[
            ["Serial", <Code key="s" value={asset.serial} />],
            ["Model", <RefLink key="m" kind="model" value={asset.model} name={asset.model_name} />],
            ["Manufacturer", nameOf(asset.manufacturer)],
            ["Part number", asset.part_number && <Code value={asset.part_number} />],
            ["Owner", <RefLink key="o" kind="team" value={asset.team} name={asset.team_name} />],
            ["Custodian", asset.custodian],
            ["Place", <PlaceLink key="p" place={asset.place} />],
            ["Function", asset.function],
            [
              "Order",
              order && (
                <span>
                  <Code value={order} to={pb.order(order)} />
                  {asset.order_line ? ` line ${asset.order_line}` : ""}
                </span>
              ),
            ],
            ["Receipt", asset.receipt && <Code value={asset.receipt} />],
            ["Vendor", asset.vendor],
            ["Cost", asset.cost && <Money amount={asset.cost} currency={asset.currency} />],
            [
              "Received",
              asset.received_at && (
                <span>
                  <Instant at={asset.received_at} />{" "}
                  {asset.received_by && <span className="muted">by {asset.received_by}</span>}
                </span>
              ),
            ],
            ["Warranty until", asset.warranty_ends && <Day at={asset.warranty_ends} />],
            [
              "Last seen",
              asset.verified_at && (
                <span>
                  <Instant at={asset.verified_at} ago />{" "}
                  {asset.verified_by && <span className="muted">by {asset.verified_by}</span>}
                </span>
              ),
            ],
            asset.country ? ["Made in", asset.country] : null,
            asset.lot ? ["Lot", <Code key="l" value={asset.lot} />] : null,
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
      {asset.contents && asset.contents.length > 0 && (
        <Section title="Inside it">
          <Facts
            columns={1}
            items={asset.contents.map((part) => [
              part.bay || "in it",
              <span key={part.code}>
                <Code value={part.code} to={pb.asset(part.code)} /> {part.model}{" "}
                <span className="mono faint">{part.serial}</span>
              </span>,
            ])}
          />
        </Section>
      )}
    </>
  );
}
