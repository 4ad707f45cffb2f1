// The pictures. Every one of them stands beside a table with the same figures; tooltips are drawn, not written into the page.
import * as echarts from "./echarts.esm.min.js";
import { about, move, percent, plural, rate, usd } from "./words.js";

const NODES_MAX = 24;
const MAP = { least: 432, each: 44 };
const ROOM = { left: 110, right: 200, top: 46, bottom: 24 };
/** Colours of the layers, in the order in which they pay; the table shows them too. */
export const SHADES = ["#4a7fb0", "#2f9a86", "#7d8fd1", "#a5afbc", "#c77d4f"];
const drawn = new Map();

/** A colour of the style sheet as the browser resolves it in this theme. */
function colour(name) {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = `var(--${name})`;
  const resolved = getComputedStyle(probe).color;
  probe.remove();
  return resolved;
}

/** Draws where there is room: what stands in a tab that is not open is drawn when it is opened. */
function draw(id, words, option) {
  const place = document.getElementById(id);
  place.setAttribute("aria-label", words);
  if (place.clientWidth === 0) return;
  const chart = drawn.get(id) ?? echarts.init(place, null, { renderer: "svg" });
  drawn.set(id, chart);
  const ink = colour("ink");
  chart.setOption(
    {
      animation: false,
      textStyle: { color: ink, fontFamily: "system-ui, sans-serif" },
      tooltip: { renderMode: "richText", backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: ink } },
      ...option,
    },
    true,
  );
  chart.resize();
}

new ResizeObserver(() => drawn.forEach((chart) => chart.getDom().clientWidth && chart.resize())).observe(document.documentElement);

const axisLine = () => ({ axisLine: { lineStyle: { color: colour("line") } }, splitLine: { lineStyle: { color: colour("line") } }, axisLabel: { color: colour("quiet"), hideOverlap: true } });

/** What stands ready above what is needed, on one scale. */
export function layers(adequacy) {
  const series = adequacy.layers.map(({ name, capacity }, i) => ({
    name,
    type: "bar",
    stack: "all",
    barWidth: 22,
    data: [0, capacity],
    itemStyle: { color: SHADES[i], ...(adequacy.layers[i].prefunded ? {} : { decal: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: 0.7, color: "rgba(0,0,0,.25)" } }) },
  }));
  const pays = adequacy.need - adequacy.beyondAll;
  series.push({ name: "need that a layer pays", type: "bar", stack: "all", data: [pays, 0], itemStyle: { color: colour("warn") } });
  series.push({ name: "need that nobody pays", type: "bar", stack: "all", data: [adequacy.beyondAll, 0], itemStyle: { color: colour("bad") } });
  draw("layers", `The need is ${usd(adequacy.need)} USD; layers can pay ${usd(adequacy.layers.reduce((sum, l) => sum + l.capacity, 0))} USD.`, {
    grid: { left: 70, right: 24, top: 2, bottom: 20 },
    xAxis: { type: "value", ...axisLine(), axisLabel: { color: colour("quiet"), formatter: about, hideOverlap: true } },
    yAxis: { type: "category", data: ["need", "ready"], axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colour("ink") } },
    tooltip: { renderMode: "richText", trigger: "item", formatter: ({ seriesName, value }) => `${seriesName}: ${usd(value)} USD`, backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
    series,
  });
}

/** Causes one after the other until they are the need. */
export const causes = (list) => waterfall("causes-chart", `The need in ${plural(list.length, "cause")}.`, list);

/** Amounts one after the other until they are their sum; the sum itself where it is named. */
export function waterfall(id, words, list, sum = "") {
  let before = 0;
  const steps = list.map(({ channel, amount }) => {
    const from = Math.min(before, before + amount);
    before += amount;
    return { channel, amount, from };
  });
  if (sum) steps.push({ channel: sum, amount: before, from: 0 });
  const fill = (s, i) => (sum && i === steps.length - 1 ? "ink" : s.amount < 0 ? "good" : "accent");
  draw(id, words, {
    grid: { left: 16, right: 60, top: 4, bottom: 20, containLabel: true },
    xAxis: { type: "value", ...axisLine(), axisLabel: { color: colour("quiet"), formatter: about, hideOverlap: true } },
    yAxis: { type: "category", inverse: true, data: steps.map((s) => s.channel), axisTick: { show: false }, axisLabel: { color: colour("ink"), width: 170, overflow: "truncate" } },
    series: [
      { type: "bar", stack: "s", silent: true, itemStyle: { color: "transparent" }, data: steps.map((s) => s.from) },
      {
        type: "bar",
        stack: "s",
        barMaxWidth: 22,
        data: steps.map((s, i) => ({ value: Math.abs(s.amount), itemStyle: { color: colour(fill(s, i)) } })),
        label: { show: true, position: "right", color: colour("ink"), formatter: ({ dataIndex }) => about(steps[dataIndex].amount) },
      },
    ],
  });
}

function column(list, x, height, style) {
  return list.map((entry, i) => ({ ...style(entry), x, y: ((i + 0.5) * height) / list.length }));
}

/** Venues, accounts, assets from left to right; sales run right, what they cost runs back. */
export function contagion(board, answer) {
  const { trades, costs } = answer.edges;
  const weight = new Map(answer.accounts.map((a) => [a.number, a.beyondMargin + a.forced]));
  const shown = [...board.accounts].sort((a, b) => (weight.get(b.number) ?? 0) - (weight.get(a.number) ?? 0) || a.number - b.number).slice(0, NODES_MAX);
  const numbers = new Set(shown.map((a) => a.number));
  const beyond = new Map(answer.accounts.map((a) => [a.number, a.beyondMargin]));
  const sold = new Map(answer.accounts.map((a) => [a.number, a.soldPpm]));
  const touched = new Set([...trades, ...costs].map((e) => e.asset));
  const assets = answer.pressure.filter((p) => touched.has(p.asset) || p.movePpm !== 0);
  const ink = colour("ink");
  const node = (id, name, size, fill, position, about = "") => ({ id, name, said: [name, ...about.split("\n")].filter(Boolean).join("\n"), symbolSize: size, itemStyle: { color: fill, borderColor: colour("card"), borderWidth: 2 }, label: { show: true, position, color: ink, backgroundColor: colour("card"), padding: [1, 3], formatter: [name, ...about.split("\n").filter(Boolean).map((line) => `{q|${line}}`)].join("\n"), rich: { q: { color: colour("quiet"), fontSize: 11, lineHeight: 15 } } } });
  const place = document.getElementById("map");
  place.style.height = `${Math.max(MAP.least, MAP.each * shown.length)}px`;
  const [width, height] = [Math.max(200, place.clientWidth - ROOM.left - ROOM.right), place.clientHeight - ROOM.top - ROOM.bottom];
  const corner = (x, y) => ({ id: `corner ${x} ${y}`, x, y, symbol: "none", symbolSize: 0 });
  const nodes = [
    corner(0, 0),
    corner(width, height),
    ...column(board.venues, 0, height, (v) => ({ ...node(`v${v.venue}`, v.venue, 14, v.unseen.length ? colour("warn") : colour("quiet"), "left", v.unseen.length ? "not seen" : ""), symbol: "rect" })),
    ...column(shown, width * 0.46, height, (a) =>
      node(`a${a.number}`, a.member, beyond.get(a.number) > 0 ? 26 : 18, colour(beyond.get(a.number) > 0 ? "bad" : sold.get(a.number) > 0 ? "warn" : "good"), "left", beyond.get(a.number) > 0 ? `beyond margin ${about(beyond.get(a.number))}` : sold.get(a.number) > 0 ? "sold" : "")),
    ...column(assets, width, height, (p) => ({ ...node(`k${p.asset}`, p.asset, 22, colour("accent"), "right", [move(p.movePpm), p.downPpm ? `then ${rate(-p.downPpm)}` : "", p.upPpm ? `then ${move(p.upPpm)}` : ""].filter(Boolean).join("\n")), symbol: "diamond" })),
  ];
  const most = Math.max(1, ...trades.map((e) => e.amount), ...costs.map((e) => e.amount));
  const stroke = (amount) => 1 + 6 * Math.sqrt(amount / most);
  const known = (e) => numbers.has(e.account);
  const links = [
    ...shown.flatMap((a) => a.venues.map((v) => ({ source: `v${v}`, target: `a${a.number}`, symbol: ["none", "none"], said: `${a.member} on ${v}`, lineStyle: { color: colour("line"), width: 1.5, curveness: 0 } }))),
    ...trades.filter(known).map((e) => ({ source: `a${e.account}`, target: `k${e.asset}`, said: `forced ${e.side} of ${e.asset}: ${usd(e.amount)} USD`, lineStyle: { color: colour("bad"), width: stroke(e.amount), curveness: 0.18 } })),
    ...costs.filter(known).map((e) => ({ source: `k${e.asset}`, target: `a${e.account}`, said: `costs ${usd(e.amount)} USD through ${e.asset}`, lineStyle: { color: colour("warn"), width: stroke(e.amount), curveness: 0.18 } })),
  ];
  draw("map", `${plural(trades.length, "forced trade")} and ${plural(costs.length, "loss", "losses")} through them; the table below has every one.`, {
    tooltip: { renderMode: "richText", formatter: ({ data, name }) => data.said || name, backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: ink } },
    series: [{ type: "graph", layout: "none", data: nodes, links, edgeSymbol: ["none", "arrow"], edgeSymbolSize: 8, ...ROOM, lineStyle: { opacity: 0.85 }, emphasis: { focus: "adjacency" } }],
  });
}

export function distribution(shares) {
  draw("distribution", `Stress loss over initial margin of ${plural(shares.length, "member")}, largest first: ${shares.map((s) => percent(s, 0)).join(", ")}.`, {
    grid: { left: 8, right: 12, top: 22, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: shares.map((_, i) => i + 1), axisTick: { show: false }, ...axisLine() },
    yAxis: { type: "value", ...axisLine(), axisLabel: { color: colour("quiet"), formatter: (v) => percent(v, 0) } },
    series: [{ type: "bar", barMaxWidth: 34, data: shares, itemStyle: { color: colour("accent") }, label: { show: shares.length <= 24, position: "top", color: colour("ink"), fontSize: 11, formatter: ({ value }) => percent(value, 0) } }],
  });
}

/** The need as an interval: closed where all is seen, with an open end where something never was. */
export function interval(answer) {
  const { lower, upper } = answer.unseen;
  const need = answer.need.u;
  const end = upper ?? Math.max(need, lower) * 1.6 + 1;
  draw("interval", upper === undefined ? `The need is at least ${usd(lower)} USD; nothing bounds it above.` : `The need is between ${usd(lower)} and ${usd(upper)} USD.`, {
    grid: { left: 24, right: 40, top: 30, bottom: 22 },
    xAxis: { type: "value", min: 0, max: Math.max(1, end * 1.08), ...axisLine(), axisLabel: { color: colour("quiet"), formatter: about, hideOverlap: true } },
    yAxis: { type: "category", data: [""], axisTick: { show: false }, axisLine: { show: false } },
    series: [
      { type: "bar", stack: "i", silent: true, itemStyle: { color: "transparent" }, data: [lower], barWidth: 12 },
      { type: "bar", stack: "i", data: [end - lower], itemStyle: { color: colour("warn"), opacity: 0.6 } },
      { type: "scatter", symbol: "diamond", symbolSize: 14, data: [[need, 0]], itemStyle: { color: colour("accent") }, label: { show: true, position: "top", color: colour("ink"), formatter: `as last seen ${about(need)}` } },
    ],
  });
}

/** The need over two assets' moves; a cell that nothing received pays is crossed out. */
export function heat({ at, need, unpaid }, across, down) {
  const cells = need.flatMap((line, y) => line.map((u, x) => [x, y, u]));
  const most = Math.max(1, ...cells.map(([, , u]) => u));
  const data = cells.map((value) => ({ value, label: { color: colour(value[2] * 2 > most ? "onaccent" : "ink") } }));
  const narrow = document.getElementById("heat-map").clientWidth < 600;
  const axis = (name) => ({ type: "category", data: at.map(move), name, nameLocation: "middle", axisTick: { show: false }, axisLine: { show: false }, axisLabel: { color: colour("quiet"), hideOverlap: true }, nameTextStyle: { color: colour("ink") } });
  draw("heat-map", `The need where ${across} and ${down} each move by ${at.map(move).join(", ")}: between ${usd(Math.min(...cells.map(([, , u]) => u)))} and ${usd(most)} USD; the table has every one.`, {
    grid: { left: 70, right: 12, top: 8, bottom: 44 },
    xAxis: { ...axis(across), nameGap: 28 },
    yAxis: { ...axis(down), nameGap: 52, inverse: true },
    visualMap: { show: false, min: 0, max: most, inRange: { color: [colour("ground"), colour("accent")] } },
    tooltip: { renderMode: "richText", formatter: ({ value: [x, y, u] }) => `${across} ${move(at[x])}, ${down} ${move(at[y])}: ${usd(u)} USD${unpaid[y][x] > 0 ? `, of it ${usd(unpaid[y][x])} unpaid` : ""}`, backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
    series: [{ type: "heatmap", data, itemStyle: { borderColor: colour("card"), borderWidth: 1 }, label: { show: true, fontSize: narrow ? 9 : 11, formatter: ({ value: [x, y, u] }) => `${unpaid[y][x] > 0 ? "✗ " : ""}${about(u)}` } }],
  });
}

/** Figures over epochs, a line each. */
export function lines(id, words, epochs, series) {
  draw(id, words, {
    grid: { left: 8, right: 16, top: 34, bottom: 8, containLabel: true },
    legend: { top: 0, textStyle: { color: colour("ink") } },
    xAxis: { type: "category", data: epochs, ...axisLine() },
    yAxis: { type: "value", ...axisLine(), axisLabel: { color: colour("quiet"), formatter: about } },
    tooltip: { renderMode: "richText", trigger: "axis", valueFormatter: (u) => `${usd(u)} USD`, backgroundColor: colour("card"), borderColor: colour("line"), textStyle: { color: colour("ink") } },
    series: series.map(({ name, values, shade }) => ({ name, type: "line", data: values, symbolSize: 5, itemStyle: { color: colour(shade) }, lineStyle: { color: colour(shade) } })),
  });
}
