import path from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/**
 * The built interface lands in web/dist, which the server embeds: the pages (index.html) and the API's own page (docs.html).
 * In `npm run dev` calls go to a running server.
 */
export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": path.resolve(import.meta.dirname, "src") } },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": process.env.QM_SERVER ?? "http://127.0.0.1:8080" },
  },
  build: {
    target: "es2023",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1400,
    manifest: true,
    rolldownOptions: { input: ["index.html", "docs.html"] },
  },
});
