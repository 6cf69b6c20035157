/**
 * Browser tests against a real server. Without QM_URL, global setup starts `quartermaster serve --demo` (the binary of
 * QM_BINARY, or target/debug/quartermaster) on a free port with a data folder of its own and stops it afterwards.
 */
import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "../tests/browser",
  outputDir: "test-results",
  globalSetup: "../tests/browser/support/start-server.ts",
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    reducedMotion: "reduce",
    acceptDownloads: true,
    actionTimeout: 15_000,
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: { executablePath: process.env.QM_CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] },
    // A trace costs about a third of the time: `QM_TRACE=1` when a test has to be understood.
    trace: process.env.QM_TRACE ? "retain-on-failure" : "off",
    screenshot: "only-on-failure",
  },
});
