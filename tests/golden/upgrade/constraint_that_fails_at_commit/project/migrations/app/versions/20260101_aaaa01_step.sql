-- step aaaa01
--
-- Revision ID: aaaa01
-- Revises: 

-- migrate:up
CREATE TABLE app.parent (id int PRIMARY KEY);
CREATE TABLE app.child (id int REFERENCES app.parent DEFERRABLE INITIALLY DEFERRED);
INSERT INTO app.child VALUES (5);
