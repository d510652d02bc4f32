# One image, two programs: `server` and `sfu`. The media worker and the client are built here, once.
FROM node:24-bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends \
    ca-certificates g++ ninja-build libuv1-dev libssl-dev libsrtp2-dev libabsl-dev flatbuffers-compiler libflatbuffers-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /bedside
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN XDG_CACHE_HOME=/cache node -e "import('./scripts/worker/find.ts').then((worker) => worker.findWorkerBin())" \
    && find /cache -name mediasoup-worker -type f -exec cp {} /usr/local/bin/mediasoup-worker \; \
    && npx vite build client && npm prune --omit=dev \
    && rm -rf node_modules/onnxruntime-node/bin/napi-v6/darwin node_modules/onnxruntime-node/bin/napi-v6/win32

FROM node:24-bookworm-slim AS run
RUN apt-get update && apt-get install -y --no-install-recommends libuv1 libssl3 libsrtp2-1 libabsl20220623 \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /bedside
COPY --from=build /usr/local/bin/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=build /bedside /bedside
RUN mkdir -p /data && chown node:node /data
ENV NODE_ENV=production MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker DATA_DIR=/data
USER node

FROM run AS sfu
CMD ["node", "sfu/main.ts"]

FROM run AS server
EXPOSE 8080
CMD ["node", "server/main.ts"]
