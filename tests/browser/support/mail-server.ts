/** The other party of a mail: takes what it is given by SMTP, and keeps it; or refuses who is named. */
import { createServer, type Server, type Socket } from "node:net";

export interface Taken {
  to: string[];
  text: string;
}

export class MailServer {
  readonly taken: Taken[] = [];
  refuses: string[] = [];
  port = 0;
  private server: Server = createServer((socket) => this.converse(socket));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    const address = this.server.address();
    this.port = typeof address === "object" && address ? address.port : 0;
  }

  stop(): void {
    this.server.close();
  }

  private converse(socket: Socket): void {
    const say = (words: string) => socket.write(`${words}\r\n`);
    let to: string[] = [];
    let mail: string[] | null = null;
    let rest = "";
    const hear = (line: string) => {
      if (mail && line === ".") {
        this.taken.push({ to, text: mail.join("\n") });
        [mail, to] = [null, []];
        return say("250 2.0.0 taken");
      }
      if (mail) return mail.push(line.startsWith(".") ? line.slice(1) : line);
      const path = /<([^>]*)>/.exec(line)?.[1] ?? "";
      if (/^RCPT/i.test(line) && this.refuses.includes(path)) return say("550 5.1.1 nobody of that name here");
      if (/^RCPT/i.test(line)) to.push(path);
      if (/^DATA/i.test(line)) {
        mail = [];
        return say("354 end with a dot");
      }
      if (/^QUIT/i.test(line)) return socket.end("221 bye\r\n");
      return say("250 mail.example");
    };
    socket.on("error", () => {});
    socket.on("data", (chunk) => {
      const lines = (rest + chunk.toString("latin1")).split("\r\n");
      rest = lines.pop() ?? "";
      for (const line of lines) hear(line);
    });
    say("220 mail.example");
  }
}
