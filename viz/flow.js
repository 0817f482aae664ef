"use strict";
// The flow: trace one band or all bands of a mark, read what is in them, hide those of a treaty or of a proponent.
(function () {
  const { provisions, bands, stops } = travaux.content;
  const verdicts = new Map(travaux.content.verdicts);
  const make = travaux.make.bind(travaux);
  const picture = document.getElementById("flow");
  const details = document.getElementById("details");
  const invitation = [...details.childNodes];
  const drawn = [...picture.querySelectorAll(".band")];
  const marks = [...picture.querySelectorAll(".stop")];
  const key = (element) => element.dataset.band || element.dataset.stop;
  const byKey = new Map([...drawn, ...marks].map((element) => [key(element), element]));
  const boxes = [...document.querySelectorAll("[data-switch]")];

  // ---- the address says what is chosen and what is hidden ---------------------------------------------------------------
  function state() {
    const said = new URLSearchParams(location.hash.slice(1));
    return { on: byKey.has(said.get("on")) ? said.get("on") : "", without: said.getAll("without") };
  }
  function go(on, without) {
    const said = new URLSearchParams();
    if (on) said.set("on", on);
    without.forEach((one) => said.append("without", one));
    history.pushState(null, "", location.pathname + location.search + (String(said) ? "#" + said : ""));
    show();
  }

  // ---- which bands ----------------------------------------------------------------------------------------------------
  const hidden = (band) => byKey.get(band).classList.contains("off");
  function of(chosen) {
    if (bands[chosen]) return [chosen];
    return Object.keys(bands).filter((band) => bands[band].from === chosen || bands[band].to === chosen)
      .filter((band) => !hidden(band))
      .sort((one, other) => words([other]) - words([one]) || (one < other ? -1 : 1));
  }
  const within = (some) => some.flatMap((band) => bands[band].portions.map((place) => provisions[place]));
  const words = (some) => within(some).reduce((sum, one) => sum + one.words, 0);

  function light(chosen) {
    const some = new Set(chosen ? of(chosen) : []);
    const ends = new Set([chosen, ...[...some].flatMap((band) => [bands[band].from, bands[band].to])]);
    picture.classList.toggle("lit", Boolean(chosen));
    drawn.forEach((band) => band.classList.toggle("on", some.has(key(band))));
    marks.forEach((mark) => mark.classList.toggle("on", ends.has(key(mark))));
  }

  // ---- what they hold -------------------------------------------------------------------------------------------------
  function mix(list) {
    const rows = [...verdicts].map(([verdict, name]) => {
      const held = list.filter((one) => one.verdict === verdict);
      const sum = held.reduce((total, one) => total + one.words, 0);
      return held.length ? make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, travaux.count(held.length, "provision")), make("td", {}, travaux.count(sum, "word"))) : "";
    });
    return make("table", { class: "mix" }, make("tbody", {}, rows));
  }
  function entry(one) {
    return make("li", {},
      make("h3", {}, one.label),
      make("p", { class: "said" }, one.quote),
      make("p", {}, `${travaux.count(one.words, "word")}, ${verdicts.get(one.verdict)}, from ${one.source}`),
      make("p", { class: "where" }, `${one.symbol}, characters ${one.start.toLocaleString("en")} to ${one.end.toLocaleString("en")}`, make("br"), one.iri));
  }
  function tell(chosen, pinned) {
    details.classList.toggle("open", Boolean(chosen));
    if (!chosen) return details.replaceChildren(...invitation);
    const some = of(chosen);
    const list = within(some);
    const close = pinned ? make("button", { type: "button", class: "close", onclick: () => go("", state().without) }, "Close") : "";
    const band = bands[chosen];
    const head = band
      ? [make("p", { class: "eyebrow" }, stops[band.to].name + ", from"), make("h2", {}, stops[band.from].name)]
      : [make("h2", {}, stops[chosen].name), make("p", { class: "eyebrow" }, stops[chosen].note)];
    const units = new Set(list.map((one) => one.iri)).size;
    const sum = make("p", {}, `${travaux.count(words(some), "word")} in ${travaux.count(units, "provision")}.`);
    const held = band ? make("ul", { class: "provisions" }) : make("ul", { class: "parts" }, some.map((one) => {
      const other = bands[one].from === chosen ? bands[one].to : bands[one].from;
      return make("li", {}, make("button", { type: "button", onclick: () => go(one, state().without) }, stops[other].name, make("span", { class: "muted" }, " " + travaux.count(words([one]), "word"))));
    }));
    const add = (from, to) => list.slice(from, to).forEach((one) => held.append(entry(one)));
    let more = "";
    if (band) {
      add(0, 12);
      if (list.length > 12) {
        more = make("button", { type: "button", onclick: (event) => { add(12); event.target.remove(); } }, "Show all " + list.length.toLocaleString("en"));
      }
    }
    details.replaceChildren(close, ...head, sum, mix(list), held, more);
    details.scrollTop = 0;
    details.parentElement.scrollTop = 0;
  }

  function show() {
    const { on, without } = state();
    boxes.forEach((box) => (box.checked = !without.includes(box.dataset.switch)));
    drawn.forEach((band) => {
      const proponents = band.dataset.proponents.split(" ");
      band.classList.toggle("off", without.includes(band.dataset.treaty) || proponents.every((one) => without.includes(one)));
    });
    marks.forEach((mark) => {
      const joined = drawn.filter((band) => [bands[key(band)].from, bands[key(band)].to].includes(key(mark)));
      mark.classList.toggle("off", joined.every((band) => band.classList.contains("off")));
    });
    [...drawn, ...marks].forEach((element) => element.setAttribute("aria-pressed", String(key(element) === on)));
    light(on);
    tell(on, true);
  }

  byKey.forEach((element, one) => {
    const peek = () => {
      light(one);
      if (!state().on) tell(one, false);
    };
    const leave = () => {
      const { on } = state();
      light(on);
      if (!on) tell("", false);
    };
    element.addEventListener("pointerenter", peek);
    element.addEventListener("pointerleave", leave);
    element.addEventListener("focus", peek);
    element.addEventListener("blur", leave);
    const choose = () => {
      const { on, without } = state();
      go(on === one ? "" : one, without);
    };
    element.addEventListener("click", choose);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose();
    });
  });
  boxes.forEach((box) => box.addEventListener("change", () => {
    go(state().on, boxes.filter((one) => !one.checked).map((one) => one.dataset.switch));
  }));
  addEventListener("hashchange", show);
  addEventListener("popstate", show);
  document.addEventListener("keydown", (event) => {
    if (travaux.typing(event)) return;
    const { on, without } = state();
    if (event.key === "Escape" && on) return go("", without);
    if (event.key !== "j" && event.key !== "k") return;
    const open = drawn.filter((band) => !band.classList.contains("off"));
    const at = open.indexOf(byKey.get(on));
    const next = event.key === "j" ? at + 1 : at < 0 ? open.length - 1 : at - 1;
    if (open[next]) {
      go(key(open[next]), without);
      open[next].focus();
    }
  });
  if (location.hash) show();
})();
