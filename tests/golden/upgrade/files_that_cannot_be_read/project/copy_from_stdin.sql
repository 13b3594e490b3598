-- Revision ID: aaaa01
-- Revises:

-- migrate:up
CREATE TABLE app.one (a int);
COPY app.one FROM stdin;
1
\.
