"""Going through a page with the keyboard alone: every stop must show that it has the focus."""

from playwright.sync_api import Page, expect

# How the element that has the focus looks, with the focus and without it.
_LOOKS_THE_SAME = """() => {
  const it = document.activeElement;
  const look = () => {
    const style = getComputedStyle(it);
    return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.backgroundColor, style.textDecoration].join();
  };
  const focused = look();
  it.blur();
  const blurred = look();
  it.focus({ focusVisible: true, preventScroll: true });
  return focused === blurred;
}"""


def skip_to_content(page: Page) -> None:
    """Take the first stop of a page, which leads past its head."""
    page.keyboard.press("Tab")
    assert name_of_focus(page) == "Aller au contenu"
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#contenu")).to_be_focused()


def tab_to(page: Page, words: str) -> int:
    """Go on with Tab until something is reached; every stop on the way must show that it has the focus."""
    seen: list[str] = []
    while len(seen) < 40:
        page.keyboard.press("Tab")
        seen.append(name_of_focus(page))
        assert not page.evaluate(_LOOKS_THE_SAME), f"the focus does not show on {seen[-1]!r}"
        if words in seen[-1]:
            return len(seen)
    raise AssertionError(f"{words!r} was not reached: {seen}")


def name_of_focus(page: Page) -> str:
    """What the element with the focus is called: its label, else its text."""
    return page.evaluate(
        """() => {
          const it = document.activeElement;
          const words = it.labels?.length ? it.labels[0].innerText : it.innerText;
          return (words || "").trim();
        }"""
    )
