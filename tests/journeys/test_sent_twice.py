"""A form that is sent twice, by two clicks or again after a lost answer, makes one thing."""

from uuid import uuid4

from playwright.sync_api import expect

from tests.journeys.conftest import Entente, Visit


def test_a_comment_sent_twice_is_one_comment(entente: Entente, visit: Visit) -> None:
    page = visit(entente.people["claire"], javascript=False)
    page.goto("/conventions")
    page.get_by_role("link", name="Lecture en pédiatrie").first.click()
    page.get_by_role("link", name="Modifier ou commenter").first.click()
    words = f"Deux fois la même phrase {uuid4().hex[:8]}"
    page.get_by_label("Votre commentaire").fill(words)
    form = page.locator("form", has=page.get_by_label("Votre commentaire"))
    sent: dict[str, str | float | bool] = {
        "made_id": form.locator("[name=made_id]").input_value(),
        "comment": words,
    }
    address = f"{entente.base}{form.get_attribute('action')}"
    for _ in range(2):
        answer = page.request.post(address, form=sent, headers={"origin": entente.base})
        assert answer.ok
    page.reload()
    expect(page.get_by_text(words)).to_have_count(1)
