/** One request: what was asked, the way of each line to the rack, and its story. */
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { codeOf } from "@/api/refs";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Instant, Money, Quantity } from "@/ui/values";
import { BundleDialog } from "./BundleDialog";
import type { Chosen } from "./bundle";
import { RefuseDialog } from "./RefuseDialog";
import classes from "./Request.module.css";
import type { RequestLine, RequestRecord } from "./types";
import { Way } from "./Way";

export function Request() {
  const { code } = useParams({ strict: false }) as { code: string };
  const navigate = useNavigate();
  const path = `/requisitions/${encodeURIComponent(code)}`;
  const { record: request, instead } = useRecordPage<RequestRecord>(path, code);
  const [refusing, setRefusing] = useState(false);
  const [bundling, setBundling] = useState(false);
  if (instead) return instead;
  return (
    <Page
      title={request.code}
      heading={
        <>
          <Code value={request.code} size="lg" /> <State state={request.status} />
        </>
      }
      lead={
        <>
          <span>{request.reason}</span>
          <span>
            for <RefLink kind="team" value={request.team} />
          </span>
        </>
      }
      actions={
        <ActionBar
          actions={request.actions}
          subject={request.code}
          own={{
            edit: () => navigate({ to: pb.requestEdit(code) }),
            bundle: () => setBundling(true),
            refuse: () => setRefusing(true),
          }}
        />
      }
      aside={<Story path={`${path}/story`} />}
    >
      {request.lines.map((line) => (
        <Line key={line.id} request={request} line={line} />
      ))}
      <Section title="Facts">
        <Facts
          items={[
            ["Asked by", request.requester],
            ["Needed by", request.needed_by && <Day at={request.needed_by} />],
            ["Project", request.project],
            ["Budget", request.budget && <Code value={request.budget} />],
            [
              "Estimate",
              <span key="estimate">
                <Money amount={request.estimate} currency={request.currency} />
                {request.over_budget && <span className={classes.over}> more than the budget had left</span>}
              </span>,
            ],
            !!request.board && [
              "Board",
              request.board.agreed_by
                ? `${request.board.name}: ${request.board.agreed_by} agreed`
                : `${request.board.name} has to agree`,
            ],
            ["Written", <Instant key="written" at={request.created_at} />],
            ["Decided by", request.decided_by],
            ["Decision", request.decision],
          ]}
        />
      </Section>
      {refusing && <RefuseDialog request={request} onClose={() => setRefusing(false)} />}
      {bundling && <BundleDialog lines={toOrder(request)} onClose={() => setBundling(false)} />}
    </Page>
  );
}

const toOrder = (request: RequestRecord): Chosen[] =>
  request.lines
    .filter((line) => line.to_order > 0)
    .map((line) => ({
      requisition: request.code,
      line: line.number,
      model: line.model?.name ?? null,
      says: line.model?.name ?? line.description,
      left: line.to_order,
      team: codeOf(request.team) ?? "",
    }));

function Line({ request, line }: { request: RequestRecord; line: RequestLine }) {
  const assets = line.orders.flatMap((order) =>
    order.assets.map((asset) => ({ ...asset, order: order.code })),
  );
  return (
    <section className={classes.line} aria-label={`Line ${line.number}`}>
      <h2 className={classes.what}>
        <Quantity value={line.quantity} unit={line.unit} />{" "}
        {line.model ? <Link to={pb.model(line.model.code)}>{line.model.name}</Link> : line.description}
      </h2>
      {line.model && line.description && <p className="muted">{line.description}</p>}
      {line.needed_by && line.needed_by !== request.needed_by && (
        <p className="muted">
          Needed by <Day at={line.needed_by} />
        </p>
      )}
      <Way request={request} line={line} />
      {assets.length > 0 && (
        <SmallTable
          label={`Assets of line ${line.number}`}
          heads={["Asset", "Serial", "State", "Place", "Order"]}
          maxHeight={260}
        >
          <tbody>
            {assets.map((asset) => (
              <tr key={asset.code}>
                <th scope="row">
                  <Link to={pb.asset(asset.code)} className="mono">
                    {asset.code}
                  </Link>
                </th>
                <td className="mono">{asset.serial}</td>
                <td>
                  <State state={asset.status} />
                </td>
                <td className="mono">{asset.place}</td>
                <td className="mono">{asset.order}</td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      )}
    </section>
  );
}
