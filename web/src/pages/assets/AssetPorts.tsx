/** The ports of an asset: what each is connected to, and connecting or tracing it. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useRead } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ConnectDialog } from "@/pages/network/ConnectDialog";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import type { Port } from "./types";

export function AssetPorts({ code }: { code: string }) {
  const asOf = useAsOf();
  const ports = useRead<{ ports: Port[] }>(`/assets/${encodeURIComponent(code)}/ports`, {}, { keep: true });
  const [connecting, setConnecting] = useState<Port | null>(null);
  const [cutting, setCutting] = useState<string | null>(null);
  if (ports.error) return <ProblemCard error={ports.error} onRetry={() => ports.refetch()} />;
  if (!ports.data) return null;
  if (ports.data.ports.length === 0)
    return (
      <EmptyState title="It has no ports">Ports come from its model's templates in the catalogue.</EmptyState>
    );
  const kinds = [...new Set(ports.data.ports.map((p) => p.kind))];
  return (
    <>
      {kinds.map((kind) => (
        <section key={kind} style={{ marginBottom: 20 }}>
          <h2 style={{ marginBottom: 4 }}>{kindTitle(kind)}</h2>
          <SmallTable
            label={kindTitle(kind)}
            heads={["Port", "Type", "Cable", "Connected to", { text: "Actions", hidden: true }]}
          >
            <tbody>
              {ports.data.ports
                .filter((p) => p.kind === kind)
                .map((port) => {
                  const connect = port.actions?.find((a) => a.name === "connect");
                  const reason = asOf
                    ? READ_ONLY_PAST
                    : connect && !connect.allowed
                      ? (connect.reason ?? "Not possible now")
                      : null;
                  return (
                    <tr key={port.id}>
                      <th scope="row">
                        <Code value={port.name} bare />
                        {port.label && <span className="faint"> {port.label}</span>}
                        {port.mgmt_only && <span className="faint small"> management</span>}
                      </th>
                      <td className="mono">{port.type}</td>
                      <td>{port.cable && <Code value={port.cable} bare />}</td>
                      <td>
                        {port.peer_asset ? (
                          <>
                            <Link
                              to={pb.asset(port.peer_asset)}
                              search={{ tab: "ports" } as never}
                              className="mono"
                            >
                              {port.peer_asset}:{port.peer_port}
                            </Link>{" "}
                            {port.peer_name !== port.peer_asset && (
                              <span className="faint">{port.peer_name}</span>
                            )}
                          </>
                        ) : (
                          <span className="faint">free</span>
                        )}
                      </td>
                      <td style={{ textAlign: "right" }}>
                        <span style={{ display: "inline-flex", alignItems: "center", gap: 12 }}>
                          {port.cable ? (
                            <>
                              <Link to={pb.trace(port.id)}>Trace</Link>
                              <ActionButton
                                label="Disconnect"
                                of={port.name}
                                reason={asOf ? READ_ONLY_PAST : null}
                                onClick={() => setCutting(port.cable ?? null)}
                              />
                            </>
                          ) : (
                            <ActionButton
                              label="Connect"
                              of={port.name}
                              reason={reason}
                              onClick={() => setConnecting(port)}
                            />
                          )}
                        </span>
                      </td>
                    </tr>
                  );
                })}
            </tbody>
          </SmallTable>
        </section>
      ))}
      {connecting && <ConnectDialog asset={code} port={connecting} onClose={() => setConnecting(null)} />}
      {cutting && (
        <ActionDialog
          action={{
            name: "disconnect",
            label: "Disconnect",
            allowed: true,
            href: `/cables/${encodeURIComponent(cutting)}/disconnect`,
            input: ["reason"],
          }}
          subject={cutting}
          onClose={() => setCutting(null)}
        />
      )}
    </>
  );
}

const titles: Record<string, string> = {
  interface: "Interfaces",
  console: "Console ports",
  console_server: "Console server ports",
  power_port: "Power inlets",
  power_outlet: "Power outlets",
  front: "Front ports",
  rear: "Rear ports",
};
const kindTitle = (kind: string) => titles[kind] ?? words(kind);
