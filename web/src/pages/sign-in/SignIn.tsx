/** Signing in: by password, or by a one-time link that is used as soon as the page opens. */
import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { send } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import { ProblemCard } from "@/ui/ProblemCard";
import { useSearchValue } from "@/ui/use-tab";
import classes from "./SignIn.module.css";

/** Only addresses of this application are gone to after signing in. */
const safe = (next: string | null) =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith("/sign-in") ? next : "/";

export function SignIn() {
  const link = useSearchValue("link");
  const next = safe(useSearchValue("next"));
  const router = useRouter();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(link !== null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const used = useRef(false);

  useEffect(() => {
    document.title = "Sign in · Quartermaster";
  }, []);

  const enter = async (path: string, body: object) => {
    setBusy(true);
    setProblem(null);
    try {
      await send(path, { body });
      client.clear();
      router.history.replace(next);
    } catch (error) {
      setProblem(asProblem(error));
      setBusy(false);
    }
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a link works once, so it is sent once
  useEffect(() => {
    if (!link || used.current) return;
    used.current = true;
    void enter("/auth/link", { token: link });
  }, [link]);

  return (
    <main className={classes.page}>
      <div className={classes.panel}>
        <svg width="40" height="40" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M4 4h24v6H4zM4 13h24v6H4zM4 22h13v6H4z" fill="currentColor" />
          <path d="M20.9 22.9h6.2v4.2h-6.2z" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </svg>
        <div>
          <h1>Quartermaster</h1>
          <p className="muted">
            The books on everything in the datacenter: ordered, received, placed, cabled, licensed.
          </p>
        </div>
        {link && busy ? (
          <p role="status">Signing in with your link…</p>
        ) : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void enter("/auth/sign-in", { email, password });
            }}
          >
            <Stack gap={12}>
              {problem && <ProblemCard error={problem} />}
              <TextInput
                label="Email"
                type="email"
                autoComplete="username"
                required
                autoFocus
                value={email}
                onChange={(e) => setEmail(e.currentTarget.value)}
              />
              <PasswordInput
                label="Password"
                autoComplete="current-password"
                required
                value={password}
                onChange={(e) => setPassword(e.currentTarget.value)}
              />
              <Button type="submit" variant="filled" fullWidth loading={busy}>
                Sign in
              </Button>
              <p className="faint small">
                No password yet? Whoever administers Quartermaster can send you a one-time link.
              </p>
            </Stack>
          </form>
        )}
      </div>
      <Elevation />
    </main>
  );
}

/** A quiet picture of what this is about: a rack, half filled. */
function Elevation() {
  const devices = [1, 2, 5, 6, 7, 8, 12, 13, 16, 17, 18, 19, 24, 25, 28, 29];
  return (
    <svg className={classes.rack} viewBox="0 0 260 720" aria-hidden="true">
      <rect x="1" y="1" width="258" height="718" rx="3" fill="none" stroke="currentColor" />
      {Array.from({ length: 32 }, (_, i) => {
        const filled = devices.includes(i);
        return (
          <g key={i} transform={`translate(14 ${8 + i * 22})`}>
            <rect
              width="232"
              height="19"
              rx="1.5"
              fill={filled ? "currentColor" : "none"}
              fillOpacity={0.14}
              stroke="currentColor"
              strokeDasharray={filled ? undefined : "2 4"}
              strokeOpacity={filled ? 0.9 : 0.5}
            />
            {filled && (
              <rect
                x="6"
                y="6"
                width={60 + ((i * 37) % 80)}
                height="7"
                rx="1"
                fill="currentColor"
                fillOpacity={0.35}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
