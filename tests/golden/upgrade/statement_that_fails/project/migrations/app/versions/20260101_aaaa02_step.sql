-- step aaaa02
--
-- Revision ID: aaaa02
-- Revises: aaaa01

-- migrate:up
CREATE TABLE app.two (a text);
INSERT INTO app.two SELECT '가나다' || '라마바' AS "이름", 없는열이름 FROM app.one;
