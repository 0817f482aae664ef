"use strict";
// The frame of every page: the theme, the query sheet, and small means to build a page out of text, never out of markup.
const travaux = {
  content: JSON.parse(document.getElementById("content").textContent),
  listeners: [],

  // An element with attributes and children; a child that is not an element is text.
  make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key === "onclick") element.addEventListener("click", value);
      else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value);
    }
    for (const child of children.flat()) {
      if (child !== undefined && child !== null && child !== "") element.append(child);
    }
    return element;
  },

  colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  },

  count(value, one, many) {
    return value.toLocaleString("en") + " " + (value === 1 ? one : many || one + "s");
  },

  dark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  },

  onTheme(listener) {
    this.listeners.push(listener);
  },

  // Whether a key was typed into a field, where it means itself.
  typing(event) {
    return event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  },
};

(function () {
  const button = document.getElementById("theme");
  const told = () => travaux.listeners.forEach((listener) => listener());
  const name = () => {
    if (button) button.textContent = travaux.dark() ? "Light" : "Dark";
  };
  name();
  if (button) {
    button.addEventListener("click", () => {
      document.documentElement.dataset.theme = travaux.dark() ? "light" : "dark";
      name();
      told();
    });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    name();
    told();
  });
  document.addEventListener("keydown", (event) => {
    const sheet = document.getElementById("queries");
    if (event.key !== "q" || travaux.typing(event) || !sheet) return;
    sheet.open = !sheet.open;
    if (sheet.open) sheet.scrollIntoView({ block: "start" });
  });
})();
