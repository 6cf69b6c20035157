# The server with its web interface in it, on a small Debian, without root.

FROM node:20-bookworm-slim AS web
WORKDIR /build/web
COPY web/package.json web/package-lock.json ./
# Without scripts: ours links the browser tests to these packages, and they are not part of the image.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM rust:1.95-bookworm AS program
WORKDIR /build
COPY . .
COPY --from=web /build/web/dist web/dist
RUN cargo build --release --locked -p quartermaster

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin quartermaster
COPY --from=program /build/target/release/quartermaster /usr/local/bin/quartermaster
COPY --chmod=0755 docker/start.sh /usr/local/bin/start-quartermaster
USER quartermaster
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD curl -fsS "http://127.0.0.1:${PORT:-8080}/readyz" || exit 1
ENTRYPOINT ["start-quartermaster"]
