/** One model: its facts, the components an asset of it gets, and how many there are. */
import { Tabs } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { nameOf } from "@/api/refs";
import type { Action, Ref, Row } from "@/api/types";
import { capital, formatQuantity, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { ListView } from "@/ui/list/ListView";
import { Page, Section } from "@/ui/Page";
import { EventStory } from "@/ui/Story";
import { useOpenRow } from "@/ui/use-open-row";
import { useRecordPage } from "@/ui/use-record-page";
import { useTab } from "@/ui/use-tab";
import { Money, Quantity } from "@/ui/values";
import { Templates } from "./Templates";

interface ModelRecord extends Row {
  id: string;
  code?: string;
  name: string;
  manufacturer?: Ref | string | null;
  kind: string;
  part_number?: string | null;
  tracking?: string;
  u_height?: string | number | null;
  is_full_depth?: boolean | null;
  unit?: string | null;
  weight_kg?: string | number | null;
  templates?: Record<string, Row[]>;
  stock_on_hand?: number | string | null;
  asset_count?: number | null;
  last_price?: { unit_price: string; currency: string; order: string } | null;
  power_draw_w?: number | null;
  airflow?: string | null;
  description?: string | null;
  actions?: Action[];
}

export function Model() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/models/${encodeURIComponent(code)}`;
  const { record: model, instead } = useRecordPage<ModelRecord>(path, code);
  const [tab, setTab] = useTab("facts");
  const openAsset = useOpenRow(pb.asset);
  if (instead) return instead;
  return (
    <Page
      title={model.name}
      heading={
        <>
          {nameOf(model.manufacturer)} {model.name}
        </>
      }
      lead={
        <>
          {capital(words(model.kind))}
          <Code value={model.part_number} />
        </>
      }
      actions={<ActionBar actions={model.actions} subject={model.name} />}
      aside={<EventStory id={model.id} />}
    >
      <Tabs value={tab} onChange={(t) => t && setTab(t)} keepMounted={false}>
        <Tabs.List mb={12}>
          <Tabs.Tab value="facts">Facts</Tabs.Tab>
          <Tabs.Tab value="assets">
            Assets{" "}
            {model.asset_count ? (
              <span className="faint tabular">{formatQuantity(model.asset_count)}</span>
            ) : null}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="facts">
          <Section>
            <Facts
              items={[
                ["Tracking", model.tracking && capital(words(model.tracking))],
                [
                  "Height",
                  Number(model.u_height) > 0 ? <Quantity key="h" value={model.u_height} unit="U" /> : null,
                ],
                [
                  "Full depth",
                  model.is_full_depth === null || model.is_full_depth === undefined
                    ? null
                    : model.is_full_depth
                      ? "yes"
                      : "no",
                ],
                ["Weight", model.weight_kg ? <Quantity value={model.weight_kg} unit="kg" /> : null],
                [
                  "In stock",
                  <Link key="s" to={pb.stock()} search={{ model_code: model.code ?? model.name } as never}>
                    <Quantity value={model.stock_on_hand ?? 0} unit={model.unit} />
                  </Link>,
                ],
                ["Assets", <Quantity key="a" value={model.asset_count ?? 0} />],
                [
                  "Last price",
                  model.last_price && (
                    <span>
                      <Money amount={model.last_price.unit_price} currency={model.last_price.currency} /> on{" "}
                      <Code value={model.last_price.order} to={pb.order(model.last_price.order)} bare />
                    </span>
                  ),
                ],
                [
                  "Power",
                  model.power_draw_w ? <Quantity key="p" value={model.power_draw_w} unit="W" /> : null,
                ],
                ["Airflow", model.airflow && words(model.airflow)],
                ["Description", model.description],
              ]}
            />
          </Section>
          <Templates templates={model.templates} />
        </Tabs.Panel>
        <Tabs.Panel value="assets">
          <div style={{ height: 480, display: "flex" }}>
            <ListView
              name="assets"
              fixed={{ model_code: model.code ?? model.name }}
              local
              onOpen={openAsset}
            />
          </div>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
