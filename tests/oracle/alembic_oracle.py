# SPDX-License-Identifier: Apache-2.0
"""Asks Alembic itself what it would do, for the comparison in alembic_oracle_test.cpp.

Each line of standard input is a JSON object: a history (`revisions`) and questions about it (`queries`). Revisions are
made in memory, so thousands of histories take seconds. For each question one line is printed, fields parted by tabs:
`ok`, the steps in order, the version rows afterwards; or `no`, the kind of exception, its text.
"""
import json
import sys
import types
import warnings

from alembic.runtime.migration import HeadMaintainer
from alembic.script.base import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap

warnings.simplefilter("ignore")


class FakeScript(Revision):
    """A revision as the steps of Alembic's runtime want it: with upgrade and downgrade functions."""

    doc = ""
    module = types.SimpleNamespace(upgrade=lambda: None, downgrade=lambda: None)


class Rows(HeadMaintainer):
    """Alembic's keeper of the version rows, over a set in place of a table."""

    def __init__(self, heads):
        super().__init__(None, heads)

    def _insert_version(self, version):
        assert version not in self.heads
        self.heads.add(version)

    def _delete_version(self, version):
        self.heads.remove(version)

    def _update_version(self, from_, to_):
        assert to_ not in self.heads
        self.heads.remove(from_)
        self.heads.add(to_)


def script_directory(revisions):
    scripts = [
        FakeScript(
            revision["id"],
            tuple(revision["parents"]) or None,
            dependencies=tuple(revision["deps"]) or None,
            branch_labels=tuple(revision["labels"]) or None,
        )
        for revision in revisions
    ]
    directory = ScriptDirectory.__new__(ScriptDirectory)
    directory.revision_map = RevisionMap(lambda: scripts)
    return directory


def ask(directory, query):
    before = tuple(query["rows"])
    if query["verb"] == "upgrade":
        steps = directory._upgrade_revs(query["targets"][0], before)
    elif query["verb"] == "downgrade":
        steps = directory._downgrade_revs(query["targets"][0], before)
    else:
        steps = directory._stamp_revs(tuple(query["targets"]), before)
    rows = Rows(before)
    for step in steps:
        rows.update_to_step(step)
    names = [] if query["verb"] == "stamp" else [step.revision.revision for step in steps]
    return ",".join(names), ",".join(sorted(rows.heads))


def main():
    for line in sys.stdin:
        request = json.loads(line)
        directory = script_directory(request["revisions"])
        for query in request["queries"]:
            try:
                print("ok", *ask(directory, query), sep="\t")
            except Exception as error:  # every kind of refusal, Alembic's own and its defects
                print("no", type(error).__name__, " ".join(str(error).split()), sep="\t")


if __name__ == "__main__":
    main()
