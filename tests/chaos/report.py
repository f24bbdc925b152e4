"""What a run has shown, in two tables: what was broken, and what became of it."""

from collections import Counter

from tests.chaos.run import Result


def report(result: Result) -> str:
    """Both tables and everything that is wrong."""
    kinds = Counter(it.fault.kind for it in result.struck)
    deaths = sum(result.deaths.values())
    figures = result.verdict.figures
    again = figures.get("sent again", 0)
    ratio = f"{again / result.lost_by_streams:.2f}" if result.lost_by_streams else "-"
    converged = "never" if result.converged_after is None else f"{result.converged_after:.1f} s"
    lines = [
        f"seed {result.plan.seed}, {result.seconds:.0f} s of faults, sync {result.plan.sync}",
        f"{result.plan.nodes} NATS server(s), {result.plan.replicas} process(es) of each service",
        "",
        *_columns([("faults", "")] + [(kind, str(times)) for kind, times in kinds.items()]),
        *_columns([("processes killed", str(deaths))]),
        "",
        *_columns(
            [
                ("verdict", ""),
                *((name, f"{value:,}") for name, value in figures.items()),
                ("events/s", f"{figures.get('events', 0) / max(result.seconds, 1):.0f}"),
                ("messages lost by JetStream", f"{result.lost_by_streams:,}"),
                ("sent again / lost", ratio),
                ("converged after", converged),
                *((f"requests: {name}", f"{times:,}") for name, times in result.attempts.items()),
                *((name.removeprefix("entente_"), f"{value:,}") for name, value in _moved(result)),
            ]
        ),
        "",
        *(f"WRONG  {it}" for it in result.failures),
        "Nothing lost, nothing twice, nothing out of order." if not result.failures else "",
    ]
    return "\n".join(lines)


def _moved(result: Result) -> list[tuple[str, int]]:
    return sorted((name, value) for name, value in result.counters.items() if value and "{" not in name)


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    return [f"{name:<34}{value:>12}".rstrip() for name, value in rows]
