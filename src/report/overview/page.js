"use strict";
// Sorting by the heads of columns, and filtering by words. The page can be read without it.
(() => {
  const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
  const compare = (one, other) => one - other || (Number.isNaN(one - other) ? byName(one, other) : 0);
  const make = (tag, set) => Object.assign(document.createElement(tag), set);
  const said = make("p", { className: "vh" });
  said.setAttribute("role", "status");
  document.body.append(said);

  const value = (row, at) => {
    const cell = row.cells[at];
    return (cell && (cell.dataset.v ?? cell.textContent.trim())) || "";
  };

  const sort = (table, head, at) => {
    const isNumber = head.classList.contains("n") || head.classList.contains("wide");
    const before = head.getAttribute("aria-sort");
    const next = before ? (before === "ascending" ? "descending" : "ascending") : isNumber ? "descending" : "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", next);
    const sign = next === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [value(row, at), row]);
    // What has no value comes last either way.
    rows.sort(([one], [other]) => (one === "") - (other === "") || sign * compare(one, other));
    body.append(...rows.map(([, row]) => row));
    said.textContent = `Sorted by ${head.textContent.trim()}, ${next}.`;
  };

  for (const table of document.querySelectorAll("table.sorts")) {
    Array.from(table.tHead.rows[0].cells).forEach((head, at) => {
      const button = make("button", { type: "button" });
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, head, at));
      head.append(button);
    });
  }

  let number = 0;
  for (const table of document.querySelectorAll("table.filters")) {
    const noun = table.dataset.noun;
    const rows = Array.from(table.tBodies[0].rows);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const id = `filter-${(number += 1)}`;
    const box = make("div", { className: "filter" });
    const label = make("label", { htmlFor: id, textContent: `Filter ${noun}` });
    const input = make("input", { id, type: "search", autocomplete: "off", spellcheck: false });
    const count = make("output", { htmlFor: id, textContent: `${rows.length} ${noun}` });
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => texts[at].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      count.textContent = words.length ? `${shown} of ${rows.length} ${noun}` : `${rows.length} ${noun}`;
    });
    box.append(label, input, count);
    table.closest(".scroll").before(box);
  }

  // Paper has no folds.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("details:not([open])"));
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
})();
