"use strict";
// The network on its canvas. Where each mark stands was computed beforehand; nothing here moves by itself.
(function () {
  const { marks, links, provisions, options, size } = travaux.content;
  const total = provisions.length;
  const make = travaux.make.bind(travaux);
  const byId = new Map(marks.map((mark) => [mark.id, mark]));
  const column = { group: 0, proponent: 0, unit: 1, concept: 2, article: 2, instrument: 3 };
  const hidden = { marks: new Set(), links: new Set() };
  let chosen = null;
  let hovered = null;

  // Provisions of each unit, and of each mark that they draw on or concern.
  const resting = new Map(marks.map((mark) => [mark.id, []]));
  provisions.forEach((provision) => {
    const touched = new Set([provision.unit, ...provision.proponents, ...provision.concepts]);
    provision.sources.forEach((named) => [named.article, named.instrument].forEach((id) => id && touched.add(id)));
    touched.forEach((id) => resting.has(id) && resting.get(id).push(provision));
  });

  // ---- one thread: everything upstream and downstream of a mark -----------------------------------------------------
  const joined = new Map(marks.map((mark) => [mark.id, []]));
  links.forEach((link) => {
    joined.get(link.from).push([link, link.to]);
    joined.get(link.to).push([link, link.from]);
  });

  function thread(start) {
    if (byId.get(start).kind === "group") {
      const all = { marks: new Set([start]), links: new Set() };
      joined.get(start).forEach(([link, other]) => {
        const one = thread(other);
        one.marks.forEach((id) => all.marks.add(id));
        one.links.forEach((id) => all.links.add(id));
      });
      return all;
    }
    const lit = { marks: new Set([start]), links: new Set() };
    const walk = (id, way) => {
      for (const [link, other] of joined.get(id)) {
        const step = column[byId.get(other).kind] - column[byId.get(id).kind];
        const beside = step === 0 && id === start;
        if (!beside && (way === 0 ? step === 0 : Math.sign(step) !== way)) continue;
        lit.links.add(link.id);
        if (lit.marks.has(other)) continue;
        lit.marks.add(other);
        if (step !== 0) walk(other, Math.sign(step));
      }
    };
    walk(start, 1);
    walk(start, -1);
    // Whoever speaks for a group brings it along.
    links.forEach((link) => {
      if (link.kind === "speaks" && lit.marks.has(link.from)) {
        lit.marks.add(link.to);
        lit.links.add(link.id);
      }
    });
    return lit;
  }

  // ---- painting --------------------------------------------------------------------------------------------------
  let ink = {};
  function mix() {
    ink = {};
    for (const name of ["page", "surface", "raised", "rule", "ink", "muted", "faint"]) ink[name] = travaux.colour(name);
    for (const role of ["budapest", "untoc", "uncac", "other", "submission", "original"]) {
      ink[role] = { mark: travaux.colour(role + "-mark"), text: travaux.colour(role + "-text"), wash: travaux.colour(role + "-wash") };
    }
  }
  const faces = getComputedStyle(document.documentElement);
  const said = faces.getPropertyValue("--text-face");
  const tool = faces.getPropertyValue("--tool-face");

  function cut(ctx, text, width) {
    if (ctx.measureText(text).width <= width) return text;
    let [low, high] = [0, text.length];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (ctx.measureText(text.slice(0, middle).trimEnd() + "…").width <= width) low = middle;
      else high = middle - 1;
    }
    return text.slice(0, low).trimEnd() + "…";
  }

  // The words of `text` on at most `most` lines; the last is cut where it must be.
  function lines(ctx, text, width, most) {
    if (most < 2 || ctx.measureText(text).width <= width) return [cut(ctx, text, width)];
    const parts = text.split(" ");
    let first = "";
    while (parts.length && ctx.measureText(first + parts[0]).width <= width) first += parts.shift() + " ";
    return first ? [first.trim(), ...lines(ctx, parts.join(" "), width, most - 1)] : [cut(ctx, text, width)];
  }

  function box(ctx, x, y, w, h, r) {
    ctx.beginPath();
    ctx.roundRect(x - w / 2, y - h / 2, w, h, r);
  }

  const painters = {
    proponent(ctx, mark, x, y) {
      box(ctx, x, y, mark.w, mark.h, mark.h / 2);
      ctx.fillStyle = ink.ink;
      ctx.fill();
      ctx.fillStyle = ink.page;
      ctx.font = "600 14px " + tool;
      ctx.textAlign = "center";
      ctx.fillText(cut(ctx, mark.label, mark.w - 20), x, y + 0.5);
    },
    group(ctx, mark, x, y) {
      box(ctx, x, y, mark.w, mark.h, mark.h / 2);
      ctx.fillStyle = ink.page;
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = ink.ink;
      ctx.stroke();
      ctx.fillStyle = ink.ink;
      ctx.font = "12.5px " + tool;
      ctx.textAlign = "center";
      const rows = lines(ctx, mark.label, mark.w - 20, 2);
      rows.forEach((row, i) => ctx.fillText(row, x, y + (i - (rows.length - 1) / 2) * 15 + 0.5));
    },
    unit(ctx, mark, x, y) {
      const right = x + mark.w / 2;
      const centre = right - 11;
      ctx.fillStyle = ink.ink;
      ctx.font = (mark.named ? "italic " : "") + "13.5px " + (mark.named ? tool : said);
      ctx.textAlign = "right";
      ctx.fillText(cut(ctx, mark.label, mark.w - 26), right - 22, y + 0.5);
      if (mark.genre === "commentary") {
        ctx.fillStyle = ink.original.mark;
        ctx.fillRect(centre - 2, y - 7, 4, 14);
        return;
      }
      const radius = mark.imported ? 6.5 : Math.min(8.5, 3.2 + Math.sqrt(mark.provisions) * 0.85);
      let angle = -Math.PI / 2;
      for (const [role, share] of mark.shares) {
        ctx.beginPath();
        ctx.moveTo(centre, y);
        ctx.arc(centre, y, radius, angle, angle + share * 2 * Math.PI);
        ctx.closePath();
        ctx.fillStyle = ink[role].mark;
        ctx.fill();
        angle += share * 2 * Math.PI;
      }
      if (!mark.imported) return;
      ctx.beginPath();
      ctx.moveTo(centre - 4, y);
      ctx.lineTo(centre + 4, y);
      ctx.moveTo(centre + 1, y - 3);
      ctx.lineTo(centre + 4, y);
      ctx.lineTo(centre + 1, y + 3);
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = ink.page;
      ctx.stroke();
    },
    concept(ctx, mark, x, y) {
      box(ctx, x, y, mark.w, mark.h, 8);
      ctx.fillStyle = ink.raised;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = ink.faint;
      ctx.stroke();
      ctx.fillStyle = ink.ink;
      ctx.font = "13px " + tool;
      ctx.textAlign = "center";
      const rows = lines(ctx, mark.label, mark.w - 14, 2);
      rows.forEach((row, i) => ctx.fillText(row, x, y + (i - (rows.length - 1) / 2) * 15 + 0.5));
    },
    article(ctx, mark, x, y) {
      const left = x - mark.w / 2;
      ctx.fillStyle = ink[mark.hue].mark;
      ctx.fillRect(left + 2, y - 5, 10, 10);
      ctx.textAlign = "left";
      ctx.font = "600 12.5px " + tool;
      ctx.fillStyle = ink[mark.hue].text;
      ctx.fillText(mark.number, left + 18, y + 0.5);
      const taken = ctx.measureText(mark.number + " ").width;
      ctx.font = "13.5px " + said;
      ctx.fillStyle = ink.ink;
      ctx.fillText(cut(ctx, mark.title, mark.w - 22 - taken), left + 19 + taken, y + 0.5);
    },
    instrument(ctx, mark, x, y) {
      box(ctx, x, y, mark.w, mark.h, 2);
      ctx.fillStyle = ink[mark.hue].wash;
      ctx.fill();
      ctx.fillStyle = ink[mark.hue].mark;
      ctx.fillRect(x - mark.w / 2, y - mark.h / 2, 6, mark.h);
      ctx.fillStyle = ink[mark.hue].text;
      ctx.font = "600 13px " + tool;
      ctx.textAlign = "left";
      const rows = lines(ctx, mark.label, mark.w - 20, 3);
      rows.forEach((row, i) => ctx.fillText(row, x - mark.w / 2 + 14, y + (i - (rows.length - 1) / 2) * 16 + 0.5));
    },
  };

  let lit = null;
  function paint({ ctx, id, x, y }) {
    const mark = byId.get(id);
    return {
      drawNode() {
        ctx.save();
        ctx.textBaseline = "middle";
        const faded = lit && !lit.marks.has(id);
        box(ctx, x, y, mark.w, mark.h, 4);
        ctx.fillStyle = id === chosen ? ink.rule : ink.page;
        ctx.fill();
        if (faded) ctx.globalAlpha = 0.2;
        painters[mark.kind](ctx, mark, x, y);
        ctx.globalAlpha = 1;
        if (id === chosen || id === hovered) {
          ctx.lineWidth = 1.5;
          ctx.strokeStyle = ink.ink;
          box(ctx, x, y, mark.w + 2, mark.h + 2, mark.kind === "proponent" || mark.kind === "group" ? mark.h / 2 : 4);
          ctx.stroke();
        }
        ctx.restore();
      },
      nodeDimensions: { width: mark.w, height: mark.h },
    };
  }

  const manner = {
    proposes: { role: "original", opacity: 0.4, width: 1 },
    speaks: { role: "original", opacity: 0.8, width: 1.5, dashes: [2, 4] },
    derives: { opacity: 0.6, width: 1.5 },
    cites: { opacity: 0.5, width: 1.2, dashes: [6, 5] },
    concerns: { role: "original", opacity: 0.17, width: 1 },
    belongs: { opacity: 0.35, width: 1 },
  };
  function drawn(link) {
    const way = manner[link.kind];
    const shown = !lit || lit.links.has(link.id);
    return {
      id: link.id,
      color: {
        color: ink[way.role || link.hue].mark,
        inherit: false,
        opacity: shown ? (lit ? Math.min(1, way.opacity * 2) : way.opacity) : 0.04,
      },
      width: way.width + (way.role ? 0 : Math.min(3, Math.sqrt(link.count) * 0.5 - 0.5)),
      dashes: way.dashes || false,
      hidden:
        hidden.links.has(link.kind) || hidden.marks.has(byId.get(link.from).kind) || hidden.marks.has(byId.get(link.to).kind),
    };
  }

  // ---- the drawing -------------------------------------------------------------------------------------------------
  mix();
  const stage = document.querySelector(".scroller");
  const place = document.getElementById("drawing");
  // Lines end at the sides of a mark, so that none runs through its words: a point on either side holds them.
  const none = () => ({ drawNode() {}, nodeDimensions: { width: 1, height: 1 } });
  const sides = marks.flatMap((mark) => [-1, 1].map((side) => (
    { id: mark.id + (side < 0 ? " left" : " right"), x: mark.x + (side * mark.w) / 2, y: mark.y, shape: "custom", ctxRenderer: none, chosen: false })));
  const drawings = marks.map((mark) => ({ id: mark.id, x: mark.x, y: mark.y, shape: "custom", ctxRenderer: paint, chosen: false }));
  const nodes = new vis.DataSet([...sides, ...drawings]);
  const ends = (link) => {
    const [one, other] = [byId.get(link.from), byId.get(link.to)];
    if (one.x === other.x) return { from: link.from, to: link.to };
    return one.x < other.x ? { from: one.id + " right", to: other.id + " left" } : { from: one.id + " left", to: other.id + " right" };
  };
  const edges = new vis.DataSet(links.map((link) => ({ ...ends(link), chosen: false, ...drawn(link) })));
  let scale = 1;
  const fitted = () => Math.max(0.72, Math.min(1.2, stage.clientWidth / size.width));
  place.style.width = size.width + "px";
  place.style.height = size.height + "px";
  const network = new vis.Network(place, { nodes, edges }, options);

  function lay(wanted) {
    scale = wanted;
    place.style.width = Math.ceil(size.width * scale) + "px";
    place.style.height = Math.ceil(size.height * scale) + "px";
    network.setSize(place.style.width, place.style.height);
    network.moveTo({ position: { x: size.width / 2, y: size.height / 2 }, scale, animation: false });
    network.redraw();
  }

  network.on("beforeDrawing", (ctx) => {
    ctx.save();
    ctx.textBaseline = "middle";
    ctx.font = "600 12.5px " + tool;
    ctx.fillStyle = ink.muted;
    for (const heading of size.headings) {
      ctx.textAlign = heading.align;
      ctx.fillText(heading.label, heading.x, heading.y);
    }
    ctx.restore();
  });

  function refresh() {
    lit = chosen ? thread(chosen) : hovered ? thread(hovered) : null;
    edges.update(links.map(drawn));
    network.redraw();
  }

  network.on("hoverNode", ({ node }) => {
    if (!byId.has(node)) return;
    hovered = node;
    document.getElementById("told").textContent = byId.get(node).full;
    place.style.cursor = "pointer";
    refresh();
  });
  network.on("blurNode", () => {
    hovered = null;
    document.getElementById("told").textContent = "";
    place.style.cursor = "";
    refresh();
  });
  network.on("click", ({ nodes: hit }) => choose(hit.find((id) => byId.has(id)) || null));

  // ---- choosing: every state has its address -----------------------------------------------------------------------
  function choose(id) {
    const wanted = id ? "#" + encodeURI(id) : "";
    if (location.hash === wanted || (!id && !location.hash)) return show();
    if (id) location.hash = wanted;
    else {
      history.pushState(null, "", location.pathname + location.search);
      show();
    }
  }
  function show() {
    const id = decodeURI(location.hash.slice(1));
    chosen = byId.has(id) ? id : null;
    hovered = null;
    document.getElementById("details").replaceChildren(...(chosen ? details(byId.get(chosen)) : []));
    document.getElementById("key").hidden = Boolean(chosen) && !narrow.matches;
    if (chosen) document.getElementById("margin").scrollTop = 0;
    refresh();
  }
  const narrow = matchMedia("(max-width: 1000px)");
  if (narrow.matches) document.getElementById("key").open = false;
  addEventListener("hashchange", show);
  addEventListener("popstate", show);

  function reveal(id) {
    choose(id);
    const at = network.canvasToDOM(byId.get(id));
    const top = place.getBoundingClientRect().top + at.y;
    if (top < 80 || top > innerHeight - 60) scrollBy({ top: top - innerHeight / 2 });
    stage.scrollLeft += Math.min(0, at.x - stage.scrollLeft - 60) + Math.max(0, at.x - stage.scrollLeft - stage.clientWidth + 60);
  }

  // ---- details -----------------------------------------------------------------------------------------------------
  const button = (mark, label) =>
    make("button", { class: "chip", type: "button", style: washed(mark.hue), onclick: () => reveal(mark.id) }, label || mark.full);
  const washed = (role) => (role ? `background:var(--${role}-wash);color:var(--${role}-text)` : undefined);

  function shares(list) {
    const counts = new Map();
    list.filter((provision) => provision.speaks).forEach((provision) => {
      const role = provision.hue;
      counts.set(role, (counts.get(role) || 0) + 1);
    });
    const order = travaux.content.roles.filter(([role]) => counts.has(role));
    if (order.every(([role]) => role === "original")) return [];
    const spoken = order.map(([role, name]) => `${name} ${counts.get(role)}`).join(", ");
    return [
      make("div", { class: "bar", role: "img", "aria-label": spoken }, order.map(([role]) =>
        make("span", { style: `flex:${counts.get(role)};background:var(--${role}-mark)` }))),
      make("p", { class: "small" }, `Source named in or above them: ${spoken}.`),
    ];
  }

  function listed(list, within) {
    const holder = make("ul", { class: "provisions" });
    const add = (from, to) => list.slice(from, to).forEach((provision) => holder.append(entry(provision, within)));
    add(0, 25);
    const more = list.length > 25
      ? make("button", { type: "button", onclick: (event) => { add(25); event.target.remove(); } }, `Show all ${list.length.toLocaleString("en")}`)
      : "";
    return [holder, more];
  }

  function entry(provision, within) {
    const sources = provision.sources.map((named) => {
      const mark = byId.get(named.article) || byId.get(named.instrument);
      const label = named.label;
      return make("li", {}, mark ? button(mark, label) : make("span", { class: "chip", style: washed(named.hue) }, label));
    });
    const owned = provision.sources.some((named) => named.basis);
    const title = within ? provision.place : provision.label;
    return make("li", {},
      make("h4", {}, within ? title : make("button", { type: "button", onclick: () => reveal(provision.unit) }, title)),
      provision.quote ? make("p", { class: "said" }, provision.quote) : "",
      sources.length
        ? make("ul", { class: "chips" }, make("li", { class: "lead" }, owned ? "Names as its source" : "Cites"), sources)
        : "",
      make("p", { class: "where" }, `${provision.symbol}, characters ${provision.start.toLocaleString("en")} to ${provision.end.toLocaleString("en")}`, make("br"), provision.iri));
  }

  const tellers = {
    unit(mark, list) {
      const named = list.filter((provision) => provision.sources.some((one) => one.basis)).length;
      return [
        make("p", {}, `${travaux.count(list.length, "provision")}; ${named} of ${list.length} name a source.`),
        ...shares(list), ...subjects(mark), ...listed(list, true),
      ];
    },
    concept(mark, list) {
      return [
        make("p", {}, mark.definition),
        mark.narrower ? make("p", { class: "small muted" }, "With what is narrower: " + mark.narrower + ".") : "",
        make("p", {}, `${list.length} of ${total.toLocaleString("en")} provisions concern it.`),
        ...shares(list), ...listed(list, false),
      ];
    },
    article(mark, list) {
      const named = list.filter((provision) => provision.sources.some((one) => one.basis && one.article === mark.id)).length;
      return [
        make("p", {}, `${list.length} of ${total.toLocaleString("en")} provisions name it, ${named} of them as their source.`),
        ...subjects(mark), ...listed(list, false),
      ];
    },
    instrument(mark, list) {
      const named = list.filter((provision) => provision.sources.some((one) => one.basis && one.instrument === mark.id)).length;
      const articles = joined.get(mark.id).map(([, other]) => byId.get(other)).filter((other) => other.kind === "article");
      return [
        mark.also ? make("p", {}, mark.also + ".") : "",
        make("p", {}, `${list.length} of ${total.toLocaleString("en")} provisions name it, ${named} of them as their source.`),
        make("ul", { class: "chips" }, articles.map((article) => make("li", {}, button(article, article.number)))),
        ...listed(list, false),
      ];
    },
    proponent(mark, list) {
      const units = new Set(list.map((provision) => provision.unit).filter(Boolean));
      return [
        mark.note ? make("p", {}, mark.note) : "",
        make("p", {}, `${list.length} of ${total.toLocaleString("en")} provisions, under ${travaux.count(units.size, "heading")}.`),
        ...(list.length ? shares(list) : []), ...listed(list, false),
      ];
    },
  };
  tellers.group = tellers.proponent;

  function subjects(mark) {
    const near = joined.get(mark.id).map(([, other]) => byId.get(other)).filter((other) => other.kind === "concept");
    return near.length
      ? [make("ul", { class: "chips" }, make("li", { class: "lead small muted" }, "Concerns"), near.map((one) => make("li", {}, button(one, one.label))))]
      : [];
  }

  function details(mark) {
    const list = resting.get(mark.id);
    const close = make("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => choose(null) }, "Close");
    return [
      close,
      make("p", { class: "eyebrow" }, mark.eyebrow),
      make("h2", { class: mark.kind === "unit" && !mark.named ? "said" : null }, mark.heading || mark.label),
      ...tellers[mark.kind](mark, list),
      make("p", { class: "where" }, "IRI: " + mark.iri),
    ];
  }

  // ---- search ------------------------------------------------------------------------------------------------------
  const field = document.getElementById("search");
  const results = document.getElementById("found");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/g, " ").toLowerCase();
  const haystack = [
    ...marks.map((mark) => ({ text: plain(mark.full + " " + (mark.also || "")), id: mark.id, label: mark.full, kind: mark.eyebrow })),
    ...provisions.map((one) => ({ text: plain(one.quote), id: one.unit, label: one.label, quote: one.quote.replace(/\s+/g, " ") })),
  ];
  function take(id) {
    field.value = "";
    results.replaceChildren();
    reveal(id);
    document.getElementById("details").focus();
  }
  function search() {
    const wanted = plain(field.value.trim());
    results.replaceChildren();
    if (wanted.length < 2) return;
    const hits = haystack.filter((one) => one.text.includes(wanted));
    hits.slice(0, 12).forEach((hit) => {
      const at = hit.quote ? Math.max(0, plain(hit.quote).indexOf(wanted) - 30) : 0;
      const under = hit.quote ? "“" + (at ? "…" : "") + hit.quote.slice(at, at + 90).trim() + "…”" : hit.kind;
      results.append(make("li", {}, make("button", { type: "button", onclick: () => take(hit.id) }, hit.label, make("small", {}, under))));
    });
    results.append(make("li", { class: "small muted" }, hits.length ? (hits.length > 12 ? `12 of ${hits.length} shown` : travaux.count(hits.length, "hit")) : "Nothing found"));
  }
  field.addEventListener("input", search);
  field.addEventListener("keydown", (event) => {
    const first = results.querySelector("button");
    if (event.key === "Enter" && first) first.click();
    if (event.key === "ArrowDown" && first) first.focus();
    if (event.key === "Escape") {
      field.value = "";
      search();
      field.blur();
    }
  });
  results.addEventListener("keydown", (event) => {
    const rows = [...results.querySelectorAll("button")];
    const at = rows.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && at + 1 < rows.length) rows[at + 1].focus();
    else if (event.key === "ArrowUp") (rows[at - 1] || field).focus();
    else return;
    event.preventDefault();
  });

  // ---- keys, filters, size -----------------------------------------------------------------------------------------
  const reading = marks.filter((mark) => mark.kind === "unit");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && chosen && event.target !== field) return choose(null);
    if (travaux.typing(event)) return;
    if (event.key === "/") {
      event.preventDefault();
      field.focus();
      field.select();
    } else if (event.key === "j" || event.key === "k") {
      const at = reading.findIndex((mark) => mark.id === chosen);
      const next = reading[event.key === "j" ? at + 1 : at < 0 ? reading.length - 1 : at - 1];
      if (next) reveal(next.id);
    }
  });
  document.querySelectorAll("#key input").forEach((box) =>
    box.addEventListener("change", () => {
      const set = hidden[box.name];
      box.value.split(" ").forEach((kind) => (box.checked ? set.delete(kind) : set.add(kind)));
      nodes.update(marks.map((mark) => ({ id: mark.id, hidden: hidden.marks.has(mark.kind) })));
      refresh();
    }));
  document.getElementById("larger").addEventListener("click", () => lay(Math.min(3, scale * 1.25)));
  document.getElementById("smaller").addEventListener("click", () => lay(Math.max(0.3, scale / 1.25)));
  document.getElementById("width").addEventListener("click", () => lay(fitted()));
  document.getElementById("whole").addEventListener("click", () => {
    lay(Math.min(stage.clientWidth / size.width, (innerHeight - 60) / size.height));
    document.querySelector(".zoom").scrollIntoView({ block: "start" });
  });
  addEventListener("resize", () => lay(fitted()));
  travaux.onTheme(() => {
    mix();
    refresh();
  });
  lay(fitted());
  show();
})();
