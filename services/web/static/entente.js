/* What neither HTML nor htmx does: close an open menu, and keep a form from being sent twice.
   Every page works without this file. */
"use strict";

const menus = "details.menu[open]";

addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(menus)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(menus)) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

/* A second click while the first is on its way would act twice. After 400 ms the wait is said, not shown spinning. */
addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => {
    event.submitter?.setAttribute("aria-busy", "true");
    document.getElementById("direct").textContent = "Chargement…";
  }, 400);
});

/* Back to a page kept by the browser: its forms may be sent again. */
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
  }
  document.getElementById("direct").textContent = "";
});
