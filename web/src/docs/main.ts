/** The API's own page: every operation, read from this server's description of itself, from no other host. */
import "@fontsource-variable/inter/index.css";
import "@fontsource-variable/jetbrains-mono/index.css";
import "@scalar/api-reference/style.css";
import "../app/tokens.css";
import "./docs.css";
import { createApiReference } from "@scalar/api-reference";

createApiReference("#docs", {
  url: "/api/openapi.json",
  theme: "none",
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
  defaultOpenFirstTag: false,
  defaultHttpClient: { targetKey: "shell", clientKey: "curl" },
});
