"use strict";
// The matrix: fold, order, and open the provisions behind a figure. Nothing moves but what was asked for.
(function () {
  const { provisions, cells } = travaux.content;
  const make = travaux.make.bind(travaux);
  const body = document.querySelector(".matrix tbody");
  const rows = [...body.rows];
  const byPath = new Map(rows.map((row) => [row.dataset.path, row]));
  const below = new Map();
  rows.forEach((row) => {
    const parent = row.dataset.parent;
    below.set(parent, [...(below.get(parent) || []), row]);
  });

  // ---- folding -----------------------------------------------------------------------------------------------------
  function tell(row) {
    const button = row.querySelector(".fold");
    if (!button) return;
    const under = below.get(row.dataset.path) || [];
    const shown = under.filter((one) => !one.hidden).length;
    button.setAttribute("aria-expanded", shown === under.length ? "true" : shown ? "mixed" : "false");
    const hidden = under.length - shown;
    button.setAttribute("aria-label", hidden ? `Show ${hidden} more below ${row.querySelector(".name").textContent}` : "Fold");
    button.title = hidden ? `${hidden} more below` : "Fold";
  }
  function hide(row) {
    (below.get(row.dataset.path) || []).forEach((one) => {
      one.hidden = true;
      hide(one);
    });
  }
  function toggle(row) {
    const under = below.get(row.dataset.path) || [];
    if (under.every((one) => !one.hidden)) hide(row);
    else under.forEach((one) => (one.hidden = false));
    rows.forEach(tell);
  }
  rows.forEach((row) => {
    const button = row.querySelector(".fold");
    if (button) button.addEventListener("click", () => toggle(row));
  });
  rows.forEach(tell);
  const first = new Map(rows.map((row) => [row, row.hidden]));
  const unfold = document.getElementById("unfold");
  if (unfold) {
    unfold.addEventListener("click", () => {
      const all = rows.some((row) => row.hidden);
      rows.forEach((row) => (row.hidden = all ? false : first.get(row)));
      unfold.textContent = all ? "Fold" : "Unfold all";
      rows.forEach(tell);
    });
  }

  // ---- order: rows stay below what they belong to ----------------------------------------------------------------------
  const standing = new Map(rows.map((row, place) => [row, place]));
  const name = (row) => row.querySelector(".name").textContent;
  const counts = (row) => [...row.cells].slice(1).map((cell) => Number(cell.dataset.count));
  const orders = {
    "": (one, other) => standing.get(one) - standing.get(other),
    name: (one, other) => name(one).localeCompare(name(other), "en"),
    total: (one, other) => counts(other).at(-1) - counts(one).at(-1),
    spread: (one, other) => counts(other).slice(0, -1).filter(Boolean).length - counts(one).slice(0, -1).filter(Boolean).length
      || counts(other).at(-1) - counts(one).at(-1),
  };
  function lay(order) {
    const put = (parent) => (below.get(parent) || []).slice().sort((one, other) => order(one, other) || orders[""](one, other))
      .forEach((row) => {
        body.append(row);
        put(row.dataset.path);
      });
    put("");
  }
  const select = document.getElementById("order");
  const heads = [...document.querySelectorAll(".matrix thead th")];
  select.addEventListener("change", () => {
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    lay(orders[select.value]);
  });
  heads.forEach((head, place) => {
    const button = head.querySelector(".sort");
    if (!button) return;
    button.addEventListener("click", () => {
      const again = head.getAttribute("aria-sort") === "descending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      select.value = "";
      if (again) return lay(orders[""]);
      head.setAttribute("aria-sort", "descending");
      lay((one, other) => counts(other)[place - 1] - counts(one)[place - 1]);
    });
  });

  // ---- the provisions behind a figure ----------------------------------------------------------------------------------
  const holder = document.getElementById("behind");
  const invitation = [...holder.childNodes];
  const buttons = new Map([...document.querySelectorAll("[data-cell]")].map((button) => [button.dataset.cell, button]));
  buttons.forEach((button, cell) => button.addEventListener("click", () => {
    const wanted = "#" + encodeURI(cell);
    if (location.hash === wanted) show();
    else location.hash = wanted;
  }));

  function entry(provision) {
    const named = provision.sources.map((source) =>
      make("li", { class: "chip", style: `background:var(--${source.hue}-wash);color:var(--${source.hue}-text)` }, source.label));
    const owned = provision.sources.some((source) => source.basis);
    return make("li", {},
      make("h3", {}, provision.label),
      make("p", { class: "said" }, provision.quote),
      named.length ? make("ul", { class: "chips" }, make("li", { class: "lead" }, owned ? "Names as its source" : "Cites"), named) : "",
      provision.concepts.length ? make("p", { class: "where" }, "Concerns " + provision.concepts.join(", ")) : "",
      make("p", { class: "where" }, `${provision.symbol}, characters ${provision.start.toLocaleString("en")} to ${provision.end.toLocaleString("en")}`, make("br"), provision.iri));
  }

  function show() {
    const cell = decodeURI(location.hash.slice(1));
    buttons.forEach((button, key) => button.setAttribute("aria-pressed", String(key === cell)));
    const button = buttons.get(cell);
    if (!button) return holder.replaceChildren(...invitation);
    const list = cells[cell].map((place) => provisions[place]);
    const [label, told] = button.getAttribute("aria-label").split(/: (?=[\d,]+ of )/);
    const held = make("ul", { class: "provisions" });
    const add = (from, to) => list.slice(from, to).forEach((provision) => held.append(entry(provision)));
    add(0, 25);
    const more = list.length > 25
      ? make("button", { type: "button", onclick: (event) => { add(25); event.target.remove(); } }, "Show all " + list.length.toLocaleString("en"))
      : "";
    const close = make("button", { type: "button", class: "close", onclick: leave }, "Close");
    holder.replaceChildren(close, make("h2", {}, label), make("p", {}, told + "."), held, more);
    document.getElementById("margin").scrollTop = 0;
    if (matchMedia("(max-width: 1000px)").matches) document.getElementById("margin").scrollIntoView({ block: "start" });
    for (let row = button.closest("tr"); row; row = byPath.get(row.dataset.parent)) row.hidden = false;
    rows.forEach(tell);
  }
  function leave() {
    history.pushState(null, "", location.pathname + location.search);
    show();
  }
  addEventListener("hashchange", show);
  addEventListener("popstate", show);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash) leave();
  });
  if (location.hash) show();
})();
