# The product in one image; the command chooses the program: web, worker, beat, deploy.
FROM node:20-slim AS client
WORKDIR /source/src/web
COPY src/web/package.json src/web/package-lock.json src/web/.npmrc ./
RUN npm ci --ignore-scripts
COPY src/web ./
RUN npm run build -- --outDir /build/web --emptyOutDir
WORKDIR /source/infra/fonts
COPY infra/fonts ./
RUN npm ci --ignore-scripts && mkdir /build/fonts \
    && cd node_modules/@expo-google-fonts/noto-sans-sc \
    && cp 400Regular/NotoSansSC_400Regular.ttf 700Bold/NotoSansSC_700Bold.ttf LICENSE_FONT /build/fonts

FROM python:3.11-slim AS packages
RUN python -m venv /venv
COPY requirements/base.txt .
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r base.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app millwright && install -d -o millwright /app /app/var
WORKDIR /app
COPY --from=packages /venv /venv
COPY --from=client /build build
COPY manage.py ./
COPY infra/__init__.py infra/programs.py infra/messages.py infra/
COPY src/config src/config
COPY src/kernel src/kernel
COPY tenants tenants
COPY shared_apps shared_apps
COPY tenant_apps tenant_apps
RUN /venv/bin/python -m infra.messages compile && mkdir build/static
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PRODUCTION=1 HOST=0.0.0.0 PORT=8000
USER millwright
VOLUME /app/var
EXPOSE 8000
ENTRYPOINT ["python", "-m", "infra.programs"]
CMD ["web"]
