"""JSON logs on standard output, one line per fact, each with the trace id. No personal data: log ids and codes."""

import logging
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog

from shared.contracts.refusals import Defect, Trouble
from shared.kit import tracing


def configure(service: str, level: str = "info") -> None:
    """Send the program's logs, and those of its libraries, to standard output as JSON."""
    chain: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _name(service),
    ]
    structlog.configure(
        processors=[
            *chain,
            _explain_without_words,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    library_lines = logging.StreamHandler(sys.stdout)
    library_lines.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=chain,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _explain_without_words,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    # Libraries speak only when something is wrong: their access lines would carry paths and addresses.
    logging.basicConfig(handlers=[library_lines], level=logging.WARNING, force=True)


def _name(service: str) -> structlog.typing.Processor:
    def add(_logger: Any, _method: str, line: structlog.typing.EventDict) -> structlog.typing.EventDict:
        line["service"] = service
        if trace_id := tracing.trace_id():
            line["trace_id"] = trace_id
        return line

    return add


def _explain_without_words(
    _logger: Any, _method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Say where an error comes from, and its class. Its words may repeat a row, an address, or what somebody typed."""
    given = line.pop("exc_info", None)
    match given:
        case (BaseException() as error) | (_, BaseException() as error, _):
            pass
        case _:
            error = sys.exception() if given else None
    if error is not None:
        line["exception"] = "\n".join(_told(it) for it in _causes(error))
    return line


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    # Ours speak of ids and codes only.
    words = f": {error}" if isinstance(error, Defect | Trouble) else ""
    return "".join(traceback.format_tb(error.__traceback__)) + type(error).__qualname__ + words
