/** A server of the file's own that sends through a mail server of its own: the others' has none. */
import { MailServer } from "./mail-server";
import { test } from "./people";
import { type Served, serve } from "./start-server";

/** To be called once at the top of a file; gives the mail server that the orders go through. */
export function withMail(): MailServer {
  const mail = new MailServer();
  const before = { url: process.env.QM_URL, links: process.env.QM_LINKS };
  let served: Served;
  test.beforeAll(async () => {
    test.setTimeout(240_000);
    await mail.start();
    served = await serve({ QM_SMTP_HOST: "127.0.0.1", QM_SMTP_PORT: String(mail.port), QM_SMTP_TLS: "none", QM_SMTP_FROM: "orders@meridian.example" });
    process.env.QM_URL = served.url;
    process.env.QM_LINKS = served.links;
  });
  test.afterAll(async () => {
    process.env.QM_URL = before.url;
    process.env.QM_LINKS = before.links;
    await served.stop();
    mail.stop();
  });
  return mail;
}
