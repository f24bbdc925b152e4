"""Words that people write, as patterns of SQL's LIKE: what stands for anything there stands for itself here."""


def containing(word: str) -> str:
    r"""The pattern of every text that holds the word: `%`, `_` and `\` are letters like others."""
    literal = word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
    return f"%{literal}%"
