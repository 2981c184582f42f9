"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const tools = document.querySelector(".tools");
  const field = document.getElementById("filter");
  const found = document.getElementById("found");
  const fold = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  let items = null;
  const filter = () => {
    items = items || Array.from(document.querySelectorAll("[data-item]"), (item) => [item, fold(item.textContent)]);
    const words = fold(field.value).split(/\s+/).filter(Boolean);
    let left = 0;
    for (const [item, text] of items) {
      const fits = words.every((word) => text.includes(word));
      item.hidden = !fits;
      left += fits ? 1 : 0;
    }
    found.textContent = words.length ? left + " of " + items.length + " entries" : "";
  };
  tools.hidden = false;
  field.addEventListener("input", filter);
  // Where a link leads to a filtered entry, the filter makes way; all pieces of a mention are shown as one.
  let lit = [];
  const arrive = () => {
    const id = location.hash.slice(1);
    for (const piece of lit) piece.classList.remove("lit");
    lit = [];
    const target = id && document.getElementById(id);
    if (!target) return;
    const hidden = target.closest("[hidden]");
    if (hidden) {
      field.value = "";
      filter();
      target.scrollIntoView();
    }
    const text = target.closest(".text");
    if (!text) return;
    lit = Array.from(text.querySelectorAll("a[data-of]")).filter((piece) => piece.dataset.of.split(" ").includes(id));
    for (const piece of lit) piece.classList.add("lit");
  };
  window.addEventListener("hashchange", arrive);
  arrive();
});
