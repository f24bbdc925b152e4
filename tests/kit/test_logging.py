"""Logs: JSON lines that say where an error comes from, and nothing that its words may repeat."""

import json
import subprocess
import sys

import pytest

PROGRAM = """
import logging
import structlog
from shared.contracts.refusals import Defect
from shared.kit.logging import configure

configure("contacts")


def fail():
    try:
        raise ValueError("DETAIL: Key (email)=(claire@example.org) already exists.")
    except ValueError as error:
        raise Defect("the person 42 has no address") from error


try:
    fail()
except Defect as defect:
    structlog.get_logger().exception("request_failed", request="invite_referent")
    structlog.get_logger().error("part_failed", exc_info=defect)
    logging.getLogger("a.library").exception("task failed")
"""


@pytest.mark.heavy
def test_an_error_is_told_by_its_class_and_place_never_by_foreign_words() -> None:
    ended = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "claire" not in ended.stdout + ended.stderr
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["event"] for line in lines] == ["request_failed", "part_failed", "task failed"]
    for line in lines:
        assert line["service"] == "contacts"
        assert "in fail" in line["exception"]
        assert "Defect: the person 42 has no address" in line["exception"]
        assert line["exception"].endswith("ValueError")
