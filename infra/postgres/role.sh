#!/bin/sh
# Run once by the database image.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres -c "CREATE DATABASE millwright"
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname millwright -v login=millwright -v password="$MILLWRIGHT_PASSWORD" -f /roles.sql
