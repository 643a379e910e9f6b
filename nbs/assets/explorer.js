// The explorer of rem_nb: one module for Jupyter (through anywidget) and for a static page.
// `render({ model, el })` draws into `el` what `model` holds: `data`, and the `state` of all
// controls, a flat object of strings.

// cividis at even steps (matplotlib), and blue-white-orange for differences: both read the same
// with the common kinds of colour blindness.
const LEVELS = ["#00224e", "#213b6e", "#4c556c", "#6c6e72", "#8e8978", "#b1a570", "#d9c55c", "#fee838"];
const SIGNED = ["#1f4e8c", "#6b9ac4", "#bcd3e6", "#f4f4f2", "#f6cfa1", "#e08f3c", "#9c4a00"];
const GROUPS = {
  clean: { colour: "var(--clean)", dash: "" },
  discovered: { colour: "var(--found)", dash: "7 3" },
  undiscovered: { colour: "var(--hidden)", dash: "2 3" },
};
const STAGES = ["original", "expand", "remove", "redirect", "prune"];

const STYLE = `
.rx { --ink: #1d2330; --soft: #5a6373; --line: #d5dae3; --paper: #ffffff; --card: #f6f7f9;
  --accent: #0b57a4; --clean: #0072b2; --found: #c04f00; --hidden: #00775a; --mark: #d55e00;
  color: var(--ink); background: var(--paper); text-align: left; container-type: inline-size;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
@media (prefers-color-scheme: dark) { .rx { --ink: #e7eaf0; --soft: #a5aebd; --line: #3a4250;
  --paper: #14171d; --card: #1d222b; --accent: #7db7f5; --clean: #56b4e9; --found: #ff9a4d;
  --hidden: #3ccf9f; --mark: #ff8a33; } }
.rx * { box-sizing: border-box; }
.rx section { background: var(--card); border: 1px solid var(--line); border-radius: 10px;
  padding: 1rem 1.25rem 1.25rem; min-width: 0; }
.rx h2 { font-size: 1.1rem; line-height: 1.3; margin: 0 0 .35rem; }
.rx h3 { font-size: .95rem; margin: 1rem 0 .4rem; }
.rx p { margin: .3rem 0 .6rem; max-width: 68ch; }
.rx .note { color: var(--soft); font-size: .875rem; }
.rx .panels { display: grid; gap: 1rem; grid-template-columns: minmax(0, 1fr); }
@container (min-width: 52rem) { .rx .panels { grid-template-columns: minmax(0, 8fr) minmax(0, 5fr); }
  .rx .wide { grid-column: 1 / -1; } }
.rx .controls { display: flex; flex-wrap: wrap; gap: .6rem 1.1rem; align-items: end;
  margin: 0 0 .9rem; }
.rx label { font-size: .8125rem; color: var(--soft); display: grid; gap: .15rem; }
.rx select, .rx button { font: inherit; font-size: .9375rem; color: var(--ink);
  background: var(--paper); border: 1px solid var(--line); border-radius: 6px;
  padding: .3rem .55rem; max-width: 100%; }
.rx button { cursor: pointer; }
.rx button:hover, .rx select:hover { border-color: var(--accent); }
.rx :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.rx table { border-collapse: separate; border-spacing: 2px; width: 100%; }
.rx .plane { table-layout: fixed; font-variant-numeric: tabular-nums; }
.rx .plane th { font-weight: 500; font-size: .8125rem; color: var(--soft); text-align: center; }
.rx .plane tbody th { text-align: left; width: 6.2rem; line-height: 1.2; }
.rx .plane .corner { width: 6.2rem; text-align: left; }
.rx .plane td { height: 3.1rem; text-align: center; font-size: .875rem; border-radius: 4px;
  cursor: pointer; padding: 0; }
.rx .plane td[aria-selected=true] { box-shadow: 0 0 0 2px var(--card), 0 0 0 5px var(--ink);
  font-weight: 700; }
.rx .readout { min-height: 1.6em; font-size: .9375rem; margin: .6rem 0; }
.rx .legend { display: flex; flex-wrap: wrap; gap: .3rem .6rem; align-items: center; color: var(--soft);
  font-size: .8125rem; }
.rx .bar { width: 9rem; height: .7rem; border-radius: 3px; }
.rx .lost { max-height: 16.8rem; overflow: auto; margin: 0; padding: 3px; list-style: none; }
.rx .lost button { width: 100%; display: flex; justify-content: space-between; gap: .8rem;
  text-align: left; margin: 0 0 .25rem; }
.rx .lost b { font-variant-numeric: tabular-nums; white-space: nowrap; }
.rx .sheet { display: flex; flex-wrap: wrap; gap: .7rem; }
.rx figure { margin: 0; text-align: center; font-size: .875rem; }
.rx .picture { position: relative; display: block; width: 64px; height: 64px; }
.rx .picture canvas { width: 64px; height: 64px; image-rendering: pixelated; border-radius: 3px; }
.rx .picture i { position: absolute; border: 3px solid var(--mark); border-radius: 2px; }
.rx .stages { display: flex; flex-wrap: wrap; gap: .3rem; padding: 0; margin: .5rem 0;
  list-style: none; font-size: .875rem; }
.rx .stages li { padding: .1rem .6rem; border: 1px solid var(--line); border-radius: 99px;
  color: var(--soft); }
.rx .stages li[aria-current] { background: var(--accent); color: var(--paper); font-weight: 600;
  border-color: var(--accent); }
.rx input[type=range] { width: 100%; accent-color: var(--accent); }
.rx .pair { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr)); }
.rx svg { display: block; width: 100%; height: auto; overflow: visible; }
.rx svg text { fill: var(--soft); font-size: 12px; }
.rx .numbers { width: auto; font-size: .875rem; font-variant-numeric: tabular-nums; }
.rx .numbers th, .rx .numbers td { padding: .1rem .8rem .1rem 0; text-align: right; font-weight: 400; }
.rx .numbers th:first-child { text-align: left; }
.rx .switch { display: inline-flex; gap: .5rem; align-items: center; font-size: .9375rem;
  color: var(--ink); margin: .3rem 0 .7rem; }
.rx .switch input { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); }
.rx .wrong { color: var(--found); font-weight: 600; }
.rx summary { cursor: pointer; font-size: .875rem; color: var(--soft); margin-top: .6rem; }
.rx .scroll { overflow-x: auto; }
@container (max-width: 34rem) { .rx section { padding: .8rem .7rem 1rem; }
  .rx .plane { border-spacing: 1px; } .rx .plane .corner, .rx .plane tbody th { width: 3.9rem; }
  .rx .plane th { font-size: .6875rem; } .rx .plane td { font-size: .625rem; height: 2.6rem; }
  .rx .sheet { gap: .5rem; } }
`;

// --- small tools

function make(tag, attributes = {}, ...children) {
  const svg = /^(svg|g|rect|path|line|text|circle)$/.test(tag);
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "style") node.style.cssText = value; // an attribute would need a laxer policy
    else if (value !== null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

function words(name) {
  return name.replaceAll("_", " ");
}

function signed(value, digits = 2) {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return (value < 0 ? "−" : "+") + text;
}

function shown(value, compare) {
  return compare === "absolute" ? value.toFixed(2) : signed(value);
}

function mixed(colours, share) {
  const place = Math.min(Math.max(share, 0), 1) * (colours.length - 1);
  const low = Math.min(Math.floor(place), colours.length - 2);
  const part = (hex, k) => parseInt(hex.slice(2 * k + 1, 2 * k + 3), 16);
  return [0, 1, 2].map((k) => {
    const [a, b] = [part(colours[low], k), part(colours[low + 1], k)];
    return Math.round(a + (b - a) * (place - low));
  });
}

function inkOn([r, g, b]) {
  const linear = [r, g, b].map((v) => (v / 255) ** 2.2);
  const light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  return light > 0.18 ? "#000" : "#fff"; // where black and white have the same contrast
}

function colourOf(value, compare) {
  return compare === "absolute" ? mixed(LEVELS, value) : mixed(SIGNED, (value + 1) / 2);
}

// --- data and state

function settled(state, data) {
  const one = (name, all, other) => (all.map(String).includes(state[name]) ? state[name] : String(other));
  const kinds = data.kinds.map((kind) => kind.name);
  const next = {
    method: one("method", data.methods, data.methods.includes("rem") ? "rem" : data.methods[0]),
    metric: one("metric", Object.keys(data.metrics), Object.keys(data.metrics)[0]),
    compare: one("compare", Object.keys(data.compares), "absolute"),
    kind: one("kind", kinds, kinds.at(-1)),
    rate: one("rate", data.rates, data.rates[0]),
    scope: one("scope", ["method", "all"], "method"),
    spare: one("spare", ["on", "off"], "on"),
  };
  const steps = storyOf(data, next)?.steps.length ?? 1;
  next.step = one("step", [...Array(steps).keys()], 0);
  return next;
}

function storyOf(data, state) {
  return data.stories.find((story) => story.kind === state.kind) ?? data.stories[0];
}

function cellOf(data, state, kind = state.kind, rate = state.rate) {
  const row = data.kinds.findIndex((each) => each.name === kind);
  const column = data.rates.findIndex((each) => String(each) === rate);
  return data.planes[state.method][state.metric][state.compare]?.[row][column] ?? null;
}

function said([mean, sd, n], compare) {
  const spread = sd === null ? "" : ` ± ${sd.toFixed(3)}`;
  const value = compare === "absolute" ? mean.toFixed(3) : signed(mean, 3);
  return `${value}${spread} (n = ${n} seed${n === 1 ? "" : "s"})`;
}

function lostCells(data, state) {
  const methods = state.scope === "all" ? data.methods : [state.method];
  const found = [];
  for (const method of methods) {
    const plane = data.planes[method][state.metric].retrain ?? [];
    plane.forEach((line, row) => line.forEach((cell, column) => {
      const place = { kind: data.kinds[row].name, rate: String(data.rates[column]) };
      if (cell && cell[0] < 0) found.push({ method, ...place, cell });
    }));
  }
  return found.sort((a, b) => a.cell[0] - b.cell[0]);
}

function csv(data, state) {
  const lines = ["method,metric,compare,kind,rate,mean,sd,n"];
  for (const { name } of data.kinds) {
    for (const rate of data.rates) {
      const cell = cellOf(data, state, name, String(rate));
      const key = `"${state.method}",${state.metric},${state.compare},${name},${rate}`;
      if (cell) lines.push(`${key},${cell.map((value) => value ?? "").join(",")}`);
    }
  }
  return lines.join("\n") + "\n";
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000); // not before the browser has read it
}

// --- (a, b) the plane

function select(view, name, title, options) {
  const list = Object.entries(options).map(([value, text]) => make("option", { value }, text));
  const box = make("select", { "data-name": name,
    onchange: () => view.change({ [name]: box.value }) }, ...list);
  view.boxes.push(box);
  return make("label", {}, title, box);
}

function planeControls(view) {
  const { methods, metrics, compares } = view.data;
  const named = Object.fromEntries(methods.map((name) => [name, words(name)]));
  return make("div", { class: "controls" }, select(view, "method", "Method", named),
    select(view, "metric", "Shown", metrics), select(view, "compare", "Compared", compares),
    make("button", { type: "button", "data-name": "csv", onclick: () =>
      download(`${view.state.method}_${view.state.metric}.csv`, csv(view.data, view.state)) },
    "Download as CSV"));
}

function moved(view, event) {
  const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
  const { kinds, rates } = view.data;
  const row = kinds.findIndex((kind) => kind.name === view.state.kind);
  const column = rates.findIndex((rate) => String(rate) === view.state.rate);
  let [y, x] = step ? [row + step[0], column + step[1]] : [row, column];
  if (event.key === "Home") x = 0;
  else if (event.key === "End") x = rates.length - 1;
  else if (!step) return;
  event.preventDefault();
  y = Math.min(Math.max(y, 0), kinds.length - 1);
  x = Math.min(Math.max(x, 0), rates.length - 1);
  goTo(view, { kind: kinds[y].name, rate: String(rates[x]) });
}

function goTo(view, change) {
  view.change(change);
  view.parts.plane.querySelector("td[tabindex='0']").focus(); // the one that had it is gone
}

function planeCell(view, kind, rate) {
  const { state, data } = view;
  const cell = cellOf(data, state, kind, rate);
  const chosen = kind === state.kind && rate === state.rate;
  const colour = cell && colourOf(cell[0], state.compare);
  const title = `${words(state.method)}, ${kind}, rate ${rate}: `
    + (cell ? said(cell, state.compare) : "no rows");
  const tell = () => { view.parts.readout.textContent = title; };
  return make("td", { role: "gridcell", tabindex: chosen ? 0 : -1, "aria-selected": chosen,
    "aria-label": title, title, "data-kind": kind, "data-rate": rate, onmouseenter: tell,
    style: colour ? `background: rgb(${colour}); color: ${inkOn(colour)}` : "",
    onclick: () => goTo(view, { kind, rate }) },
  cell ? shown(cell[0], state.compare) : "·");
}

function drawPlane(view) {
  const { state, data } = view;
  const heads = data.rates.map((rate) => make("th", { scope: "col" }, String(rate)));
  const head = make("tr", {}, make("th", { class: "corner", scope: "col" }, "rate →"), ...heads);
  const lines = [...data.kinds].reverse().map(({ name, regularity }) => make("tr", {},
    make("th", { scope: "row" }, name, make("br"), make("small", {}, regularity)),
    ...data.rates.map((rate) => planeCell(view, name, String(rate)))));
  const label = `${data.metrics[state.metric]} of ${words(state.method)}, `
    + `${data.compares[state.compare]}, by regularity and discovery rate. Arrow keys move.`;
  view.parts.plane.replaceChildren(make("table", { class: "plane", role: "grid",
    "aria-label": label, onkeydown: (event) => moved(view, event),
    onmouseleave: () => drawReadout(view) },
  make("thead", {}, head), make("tbody", {}, ...lines)));
  drawLegend(view);
  drawReadout(view);
}

function drawReadout(view) {
  const { data, state } = view;
  const cell = cellOf(data, state);
  const value = cell ? said(cell, state.compare) : "no rows";
  view.parts.readout.textContent = `${words(state.method)}, ${state.kind}, rate ${state.rate}: ${value}`;
}

function drawLegend(view) {
  const absolute = view.state.compare === "absolute";
  const colours = absolute ? LEVELS : SIGNED;
  view.parts.legend.replaceChildren(absolute ? "0" : "−1 worse",
    make("span", { class: "bar", style: `background: linear-gradient(90deg, ${colours})` }),
    absolute ? "1" : "+1 better", make("span", {}, view.data.spread));
}

// --- the examples of a cell

function picture(pixels, { height, width, top, trigger }, label) {
  const canvas = make("canvas", { width, height, role: "img", "aria-label": label });
  const channels = pixels.length / (height * width);
  const image = new ImageData(width, height);
  for (let i = 0; i < height * width; i++) {
    for (let k = 0; k < 3; k++) {
      const value = (255 * pixels[i * channels + (k % channels)]) / top;
      image.data[4 * i + k] = channels === 1 ? 255 - value : value; // dark ink on white paper
    }
    image.data[4 * i + 3] = 255;
  }
  canvas.getContext("2d").putImageData(image, 0, 0);
  const box = make("span", { class: "picture" }, canvas);
  if (trigger) {
    const [row, column, size] = trigger;
    const share = (value, side) => `${(100 * value) / side}%`;
    box.append(make("i", { style: `top: ${share(row, height)}; left: ${share(column, width)};`
      + `width: ${share(size, width)}; height: ${share(size, height)}` }));
  }
  return box;
}

function exampleFigure(sheet, { pixels, given, truth, index }) {
  const mark = sheet.trigger ? ", with the trigger" : "";
  const label = `example ${index}: given label ${given}, true label ${truth}${mark}`;
  return make("figure", { title: label, "data-index": index }, picture(pixels, sheet, label),
    make("figcaption", {}, `${given} → ${truth}`));
}

function exampleGroup(sheet, title, items, count) {
  const some = items.slice(0, 12).map((item) => exampleFigure(sheet, item));
  const text = `${title}: ${count}` + (some.length < count ? `, the first ${some.length} shown` : "");
  return make("div", { "data-group": title.toLowerCase() }, make("h3", {}, text),
    make("div", { class: "sheet" }, ...some));
}

function drawExamples(view) {
  const { data, state } = view;
  const sheet = data.sheets[state.kind];
  if (!sheet) return view.parts.examples.replaceChildren(make("p", {}, "No pictures are stored."));
  const found = Math.round(Number(state.rate) * sheet.items.length);
  const note = `Given label → true label. ${sheet.note}`
    + (sheet.trigger ? " The orange frame marks the trigger." : "");
  view.parts.examples.replaceChildren(make("p", { class: "note" }, note),
    exampleGroup(sheet, "Discovered", sheet.items.slice(0, found), found),
    exampleGroup(sheet, "Undiscovered", sheet.items.slice(found), sheet.items.length - found));
}

// --- (f) the failure finder

function drawLost(view) {
  const { data, state } = view;
  const found = lostCells(data, state);
  const go = ({ method, kind, rate }) => goTo(view, { method, kind, rate });
  const who = state.scope === "all" ? "All methods" : words(state.method);
  view.parts.count.textContent = !data.methods.includes("retrain") ? "There are no rows of retraining."
    : `${who}: ${found.length} cell${found.length === 1 ? "" : "s"} below retraining.`;
  view.parts.lost.replaceChildren(...found.map((line) => make("li", {}, make("button", {
    type: "button", onclick: () => go(line), title: said(line.cell, "retrain") },
  make("span", {}, `${state.scope === "all" ? words(line.method) + ", " : ""}${line.kind}, rate ${line.rate}`),
  make("b", {}, shown(line.cell[0], "retrain"))))));
}

// --- (c) REM's steps

function groupsOf(step) {
  return Object.keys(GROUPS).filter((name) => name in step.theta1);
}

function path(values, x, y) {
  const points = values.map((value, i) => (value === null ? null : `${x(i)} ${y(value)}`));
  return "M" + points.filter((point) => point !== null).join("L");
}

function chart(story, part, title, now) {
  const [width, height, left, top] = [420, 190, 34, 8];
  const x = (i) => left + (i * (width - left - 8)) / Math.max(story.steps.length - 1, 1);
  const y = (value) => top + (1 - value) * (height - top - 26);
  const frame = [0, 0.5, 1].flatMap((value) => [
    make("line", { x1: left, x2: width - 8, y1: y(value), y2: y(value), stroke: "var(--line)" }),
    make("text", { x: left - 6, y: y(value) + 4, "text-anchor": "end" }, String(value))]);
  const marker = make("line", { x1: x(now), x2: x(now), y1: top, y2: y(0), stroke: "var(--ink)",
    "stroke-width": 1.5 });
  const names = groupsOf(story.steps[0]);
  const curves = names.map((name) => make("path", { fill: "none", stroke: GROUPS[name].colour,
    "stroke-width": 2.5, "stroke-dasharray": GROUPS[name].dash || null,
    d: path(story.steps.map((step) => step[part]?.[name] ?? null), x, y) }));
  const dots = names.map((name) => ({ name, value: story.steps[now][part]?.[name] }))
    .filter(({ value }) => value !== undefined)
    .map(({ name, value }) => make("circle", { cx: x(now), cy: y(value), r: 4.5, fill: GROUPS[name].colour }));
  const last = story.steps.map((step) => step[part]).findLast((each) => each);
  const label = `${title} by step. At the end `
    + names.map((name) => `${name} ${last[name].toFixed(2)}`).join(", ") + ".";
  const ticks = story.steps.map((step, i) => make("text", { x: x(i), y: height - 6,
    "text-anchor": "middle" }, String(i)));
  ticks.push(make("text", { x: left - 6, y: height - 6, "text-anchor": "end" }, "step"));
  return make("div", {}, make("h3", {}, title), make("svg", { viewBox: `0 0 ${width} ${height}`,
    role: "img", "aria-label": label }, ...frame, marker, ...curves, ...dots, ...ticks));
}

function stepTable(step) {
  const cell = (part, name) => make("td", {}, step[part] ? step[part][name].toFixed(2) : "–");
  const lines = groupsOf(step).map((name) => make("tr", {}, make("th", { scope: "row" },
    make("span", { style: `color: ${GROUPS[name].colour}` },
      { clean: "━━ ", discovered: "╍╍ ", undiscovered: "┅┅ " }[name]), name),
  cell("theta1", name), cell("joint", name)));
  return make("table", { class: "numbers" }, make("thead", {}, make("tr", {},
    make("th", { scope: "col" }, "at this step"), make("th", { scope: "col" }, "θ₁ alone"),
    make("th", { scope: "col" }, "θ₁ with θ₂"))), make("tbody", {}, ...lines));
}

function drawSteps(view) {
  const story = storyOf(view.data, view.state);
  if (!story) return;
  const now = Number(view.state.step);
  const { stage, title } = story.steps[now];
  const slider = view.parts.slider;
  slider.max = story.steps.length - 1;
  slider.value = now;
  slider.setAttribute("aria-valuetext", `step ${now}, ${title}`);
  view.parts.where.textContent = `${story.kind}, discovery rate ${story.rate}, seed ${story.seed}. `
    + `Step ${now} of ${story.steps.length - 1}: ${title}`;
  view.parts.stages.replaceChildren(...STAGES.map((name) => make("li",
    { "aria-current": name === stage ? "step" : null }, name)));
  view.parts.curves.replaceChildren(chart(story, "theta1", "θ₁ alone: accuracy on given labels", now),
    chart(story, "joint", "θ₁ with θ₂: accuracy on given labels", now));
  view.parts.table.replaceChildren(stepTable(story.steps[now]));
}

// --- (d) the switch, (e) the masks

function drawSwitch(view) {
  const story = storyOf(view.data, view.state);
  if (!story) return;
  const on = view.state.spare === "on";
  view.parts.spare.checked = on;
  const figures = story.tests.map((test) => {
    const answer = on ? test.on : test.off;
    const right = answer === test.truth;
    const label = `test image of a ${test.truth}, answered ${answer}: ${right ? "right" : "wrong"}`;
    return make("figure", { title: label }, picture(test.pixels, story.look, label),
      make("figcaption", { class: right ? "right" : "wrong" }, `${answer} ${right ? "✓" : "✗"}`));
  });
  const right = story.tests.filter((test) => (on ? test.on : test.off) === test.truth).length;
  view.parts.answers.textContent = `Spare channels ${view.state.spare}: ${right} of `
    + `${story.tests.length} right.`;
  view.parts.tests.replaceChildren(...figures);
}

function channelsOf(bits) {
  return [...bits].flatMap((bit, i) => (bit === "1" ? [i + 1] : []));
}

function drawMasks(view) {
  const story = storyOf(view.data, view.state);
  if (!story) return;
  const { groups, rows } = story.masks;
  const bits = groups.reduce((sum, size) => sum + size, 0);
  const [left, cell, line] = [150, 640 / bits, 15];
  const nodes = rows.flatMap(({ index, group, bits: lit }, y) => [
    make("text", { x: left - 8, y: y * line + 12, "text-anchor": "end" }, `${group} ${index}`),
    ...channelsOf(lit).map((x) => make("rect", { x: left + (x - 1) * cell, y: y * line + 2,
      width: Math.max(cell - 1, 1), height: line - 3, fill: GROUPS[group].colour }))]);
  let edge = 0;
  for (const size of groups.slice(0, -1)) {
    const x = left + (edge += size) * cell - 0.5;
    nodes.push(make("line", { x1: x, x2: x, y1: 0, y2: rows.length * line, stroke: "var(--ink)" }));
  }
  const label = `Spare channels of ${rows.length} examples: discovered ones share one row.`;
  const list = rows.map(({ index, group, bits: lit }) =>
    make("li", {}, `${group} ${index}: ${channelsOf(lit).join(", ")}`));
  view.parts.masks.replaceChildren(make("div", { class: "scroll", tabindex: 0, role: "region",
    "aria-label": "mask rows" }, make("svg", { viewBox: `0 0 ${left + 642} ${rows.length * line}`,
    style: "min-width: 34rem", role: "img", "aria-label": label }, ...nodes)),
  make("details", {}, make("summary", {}, "The same as a list of channel numbers"), make("ul", {}, ...list)));
}

// --- the whole

function panel(title, text, ...parts) {
  return make("section", {}, make("h2", {}, title), make("p", { class: "note" }, text), ...parts);
}

function partsOf(view) {
  const change = (name) => (event) => view.change({ [name]: event.target.value });
  const box = (tag, attributes) => make(tag, attributes);
  return {
    plane: box("div"), readout: box("p", { class: "readout" }),
    legend: box("div", { class: "legend" }), examples: box("div"),
    count: box("p", { "aria-live": "polite" }), lost: box("ul", { class: "lost" }),
    slider: box("input", { type: "range", min: 0, value: 0, "aria-label": "REM's step", oninput: change("step") }),
    where: box("p", { "aria-live": "polite" }), stages: box("ol", { class: "stages" }),
    curves: box("div", { class: "pair" }), table: box("div"), masks: box("div"),
    tests: box("div", { class: "sheet" }), answers: box("p", { "aria-live": "polite" }),
    spare: box("input", { type: "checkbox", role: "switch", onchange: (event) =>
      view.change({ spare: event.target.checked ? "on" : "off" }) }),
  };
}

function storyPanels(view) {
  if (!view.data.stories.length) return [];
  const { slider, where, stages, curves, table, spare, answers, tests, masks } = view.parts;
  const steps = panel("REM, step by step", "A real run on the kind of corruption chosen above: "
    + "who still gets the label that was given? Move the slider.", stages, slider, where, curves, table);
  const dropped = panel("Drop the spare channels", "Ten test images, those of a trigger marked, as the "
    + "model answers at the end of the run: with the spare channels of discovered examples, and without.",
  make("label", { class: "switch" }, spare, "Spare channels on"), tests, answers);
  const rows = panel("Who uses which spare channels", "A line an example, a column a spare channel; lines "
    + "between columns part the four groups. Discovered examples share one row.", masks);
  steps.classList.add("wide");
  return [steps, rows, dropped];
}

function layout(view) {
  const { plane, readout, legend, examples, count, lost } = view.parts;
  const first = panel("The plane", "Discovery rate to the right, regularity upwards. Choose a cell with "
    + "the mouse or the arrow keys.", planeControls(view), plane, readout, legend);
  const finder = panel("Where a method loses to retraining", "Paired differences on the same seeds, the "
    + "worst first. Choose a line to go there.",
  make("div", { class: "controls" }, select(view, "scope", "Cells of",
    { method: "this method", all: "all methods" })), count, lost);
  const pictures = panel("Examples of this cell", "What the model was trained on.", examples);
  pictures.classList.add("wide");
  return make("div", { class: "panels" }, first, finder, pictures, ...storyPanels(view));
}

function draw(view) {
  for (const box of view.boxes) box.value = view.state[box.dataset.name];
  for (const part of [drawPlane, drawExamples, drawLost, drawSteps, drawSwitch, drawMasks]) part(view);
}

function render({ model, el }) {
  const data = model.get("data");
  const view = { data, state: settled(model.get("state"), data), boxes: [] };
  view.change = (change) => {
    view.state = settled({ ...view.state, ...change }, data);
    draw(view);
    model.set("state", view.state);
    model.save_changes();
  };
  const heard = () => {
    const next = settled(model.get("state"), data);
    if (JSON.stringify(next) === JSON.stringify(view.state)) return; // our own change, come back
    view.state = next;
    draw(view);
  };
  view.parts = partsOf(view);
  el.classList.add("rx");
  const keep = (event) => event.ctrlKey || event.metaKey || event.altKey || event.stopPropagation();
  el.addEventListener("keydown", keep); // in JupyterLab an arrow would leave the cell, and x cut it
  el.replaceChildren(make("style", {}, STYLE), layout(view));
  draw(view);
  model.on("change:state", heard);
  return () => {
    model.off("change:state", heard);
    el.removeEventListener("keydown", keep);
  };
}

// What stands in for a widget's model on a page without a kernel: the state is the link.
function pageModel(data) {
  return {
    get: (name) => (name === "data" ? data
      : Object.fromEntries(new URLSearchParams(location.hash.slice(1)))),
    set: (name, value) => history.replaceState(null, "", `#${new URLSearchParams(value)}`),
    save_changes: () => {},
    on: (name, heard) => addEventListener("hashchange", heard),
    off: (name, heard) => removeEventListener("hashchange", heard),
  };
}

export { pageModel };
export default { render };
