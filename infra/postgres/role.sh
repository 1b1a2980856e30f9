#!/bin/sh
# Run once by the database image: the product's role owns its database and is no superuser.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$MILLWRIGHT_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
CREATE ROLE millwright LOGIN CREATEDB CREATEROLE PASSWORD :'password';
CREATE DATABASE millwright OWNER millwright;
SQL
