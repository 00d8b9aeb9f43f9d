// Comfort only: sorting and filtering of tables, and the passage of the address bar in the list
// beside a page. Every page is complete without this file.
"use strict";

function cellValue(row, column) {
  const cell = row.cells[column];
  const marked = cell.querySelector("[data-value]");
  if (marked) return Number(marked.dataset.value);
  const text = cell.textContent.trim();
  const number = Number(text.replace(/,/g, ""));
  return text !== "" && !Number.isNaN(number) ? number : text.toLowerCase();
}

function compare(left, right) {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left).localeCompare(String(right), "en-GB", { numeric: true });
}

function makeSortable(table) {
  table.querySelectorAll("thead th").forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      for (const body of table.tBodies) {
        const rows = [...body.rows].filter((row) => !row.classList.contains("group"));
        rows.sort((a, b) => compare(cellValue(a, column), cellValue(b, column)) * (down ? -1 : 1));
        body.append(...rows);
      }
    });
  });
}

function makeFilter(input) {
  const table = document.getElementById(input.dataset.filters);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const body of table.tBodies) {
      let shown = 0;
      for (const row of body.rows) {
        if (row.classList.contains("group")) continue;
        row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted);
        shown += row.hidden ? 0 : 1;
      }
      body.hidden = shown === 0;
    }
  });
}

function followAddress() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  for (const item of document.querySelectorAll("[data-mark]")) {
    const current = item.dataset.mark === anchor;
    item.classList.toggle("current", current);
    if (current) item.scrollIntoView({ block: "nearest" });
  }
  const target = anchor && document.getElementById(anchor);
  if (!target) return;
  const folded = target.closest("details");
  if (folded) folded.open = true;
  if (target.matches("details")) target.open = true;
  target.scrollIntoView({ block: target.matches(".hl") ? "center" : "start" });
}

document.querySelectorAll("table.sortable").forEach(makeSortable);
document.querySelectorAll(".enhanced").forEach((element) => { element.hidden = false; });
document.querySelectorAll("input[data-filters]").forEach(makeFilter);
window.addEventListener("hashchange", followAddress);
followAddress();
