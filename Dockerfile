# Vigie with its page and the bundled model. Runs as a user without rights on a read-only root file system:
# only /data is written, where the SQLite database lies unless DATABASE_URL names a PostgreSQL.

FROM rust:1.95-slim-bookworm AS build
WORKDIR /vigie
# The slim image has the C compiler that the native dependencies need; xtask adds the browser's target.
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    cargo xtask build \
    && mkdir -p /image/opt/vigie/bin /image/data \
    && cp target/release/vigie /image/opt/vigie/bin/ \
    && cp -r target/site models /image/opt/vigie/

FROM debian:bookworm-slim
# Root certificates, for models that are downloaded.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin vigie
COPY --from=build /image/opt/vigie /opt/vigie
COPY --from=build --chown=10001:10001 /image/data /data
USER 10001
WORKDIR /opt/vigie
VOLUME /data
ENV PATH=/opt/vigie/bin:$PATH \
    VIGIE_LISTEN=0.0.0.0:3000 \
    VIGIE_SITE=/opt/vigie/site \
    DATABASE_URL=sqlite:///data/vigie.db
EXPOSE 3000
# PORT, which Cloud Run and others set, replaces the port. They ask /health/ready themselves, as Kubernetes
# and a load balancer do; the image has no HTTP client to ask with, hence no HEALTHCHECK.
ENTRYPOINT ["vigie"]
CMD ["serve"]
