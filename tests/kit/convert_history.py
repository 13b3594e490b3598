#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a history of sqlx (VERSION_name.{up,down}.sql) or diesel (VERSION_name/{up,down}.sql) as a haetae project of
one domain in schema public, to try the program on histories that others wrote: convert_history.py FROM TO [EXTENSION…]"""
import pathlib
import sys


def revisions(folder):
    """(order, name, up, down, runs in a transaction) of each; down is None where there is no file for it."""
    for up in folder.glob("*.up.sql"):
        down = up.with_name(up.name.replace(".up.sql", ".down.sql"))
        yield int(up.name.split("_")[0]), up.name[: -len(".up.sql")], up, down, "no-transaction" not in up.read_text()
    for up in folder.glob("*/up.sql"):
        metadata = up.with_name("metadata.toml")
        is_apart = metadata.exists() and "run_in_transaction = false" in metadata.read_text()
        name = up.parent.name
        yield int(name.split("_")[0].replace("-", "")), name, up, up.with_name("down.sql"), not is_apart


def part(direction, sql, in_transaction):
    return f"-- migrate:{direction}{'' if in_transaction else ' transaction=off'}\n{sql.strip() or 'SELECT 1;'}\n"


def main(source, target, *extensions):
    versions = pathlib.Path(target) / "migrations" / "app" / "versions"
    versions.mkdir(parents=True)
    (pathlib.Path(target) / "haetae.toml").write_text('[domain.app]\nschema = "public"\n')
    before = ""
    if extensions:
        before = "extensions"
        create = "".join(f'CREATE EXTENSION IF NOT EXISTS "{name}";\n' for name in extensions)
        text = f"-- extensions\n--\n-- Revision ID: {before}\n-- Revises:\n\n{part('up', create, True)}"
        (versions / "extensions.sql").write_text(text)
    for order, name, up, down, in_transaction in sorted(revisions(pathlib.Path(source))):
        text = f"-- {name}\n--\n-- Revision ID: r{order}\n-- Revises: {before}\n\n"
        text += part("up", up.read_text(), in_transaction)
        if down.exists():
            text += "\n" + part("down", down.read_text(), in_transaction)
        (versions / f"{name}.sql").write_text(text)
        before = f"r{order}"


main(*sys.argv[1:])
