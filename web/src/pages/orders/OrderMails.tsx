/** What was sent of an order: who sent it to whom and when, what became of it, and the very PDF that went. */
import { useEffect, useState } from "react";
import { apiUrl } from "@/api/client";
import { useRead } from "@/api/hooks";
import { ActionBar } from "@/ui/ActionBar";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import { Instant } from "@/ui/values";
import type { Letters } from "./SendDialog";

/** How often a mail that is on its way is looked after. */
const WATCH = 2000;

export function OrderMails({ code }: { code: string }) {
  const [every, setEvery] = useState<number | undefined>();
  const { data } = useRead<Letters>(
    `/purchase-orders/${encodeURIComponent(code)}/mails`,
    {},
    { refetchInterval: every },
  );
  const waiting = data?.items.some((mail) => mail.status === "queued") ?? false;
  useEffect(() => setEvery(waiting ? WATCH : undefined), [waiting]);
  if (!data || data.items.length === 0) return null;
  return (
    <Section title="Sent">
      <SmallTable
        label="Mails sent"
        heads={["State", "To", "Sent", "The mail server said", { text: "Actions", hidden: true }]}
      >
        <tbody>
          {data.items.map((mail) => (
            <tr key={mail.id}>
              <td>
                <State state={mail.status} />
              </td>
              <th scope="row" title={mail.subject}>
                {[...mail.to, ...mail.cc].map((address) => (
                  <div key={address}>{address}</div>
                ))}
                <a href={apiUrl((mail.document as Sent).href)} target="_blank" rel="noreferrer">
                  {(mail.document as Sent).name}
                </a>
              </th>
              <td>
                <Instant at={mail.queued_at} />
                <div className="faint">{mail.sent_by}</div>
              </td>
              <td style={{ minWidth: 160, whiteSpace: "normal" }}>
                {mail.answer}
                {mail.next_attempt_at && mail.attempts > 0 && (
                  <div className="faint">
                    Tried {mail.attempts === 1 ? "once" : `${mail.attempts} times`}, again{" "}
                    <Instant at={mail.next_attempt_at} />
                  </div>
                )}
              </td>
              <td>
                {mail.actions.length > 0 && (
                  <div style={{ display: "flex", gap: 6 }}>
                    <ActionBar actions={mail.actions} subject={`the mail of ${code}`} visible={2} />
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Section>
  );
}

interface Sent {
  name: string;
  href: string;
}
