-- The roles of the product. Run by a superuser in the product's database; safe to repeat.
--   psql -v login=millwright -v password=… -f roles.sql <database>
-- <login>           logs in and may do nothing by itself: it takes on one of the others for every piece of work
-- <login>_owner     owns all tables, makes companies and migrates them
-- <login>_platform  reads and writes the tables of the platform (schema public), none of a company's
-- <login>_t_000123  reads and writes the tables of one company; the owner makes it
SELECT set_config('millwright.login', :'login', false), set_config('millwright.password', :'password', false);

DO $$ DECLARE
    login text := current_setting('millwright.login'); password text := current_setting('millwright.password');
    owner text := login || '_owner'; platform text := login || '_platform';
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = login) THEN EXECUTE format('CREATE ROLE %I', login); END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = owner) THEN EXECUTE format('CREATE ROLE %I', owner); END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = platform) THEN EXECUTE format('CREATE ROLE %I', platform); END IF;
    EXECUTE format('ALTER ROLE %I LOGIN NOINHERIT NOSUPERUSER NOCREATEROLE NOCREATEDB', login);
    IF password <> '' THEN EXECUTE format('ALTER ROLE %I PASSWORD %L', login, password); END IF;
    EXECUTE format('ALTER ROLE %I NOLOGIN NOSUPERUSER CREATEROLE CREATEDB', owner);
    EXECUTE format('ALTER ROLE %I LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB', platform);
    EXECUTE format('GRANT %I, %I TO %I WITH INHERIT FALSE, SET TRUE', owner, platform, login);
    EXECUTE format('REASSIGN OWNED BY %I TO %I', login, owner);
    EXECUTE format('ALTER DATABASE %I OWNER TO %I', current_database(), owner);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA public TO %I', owner);
    EXECUTE format('GRANT USAGE ON SCHEMA public TO %I', platform);
END $$;
