// Numbers in words. Amounts come as whole units of 0.0001 USD and rates as parts per million; nothing is computed from what is shown.
const CENT = 100;
const grouped = new Intl.NumberFormat("en-US");
const twoPlaces = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const short = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

const MINUS = "−";
const signed = (text, negative) => (negative ? `${MINUS}${text}` : text);

/** To the cent, half away from zero. */
export const usd = (u) => signed(twoPlaces.format(Math.round(Math.abs(u) / CENT) / 100), u < 0);

/** All four places. */
export function exact(u) {
  const units = BigInt(Math.abs(u));
  return signed(`${grouped.format(units / 10000n)}.${String(units % 10000n).padStart(4, "0")} USD`, u < 0);
}

/** Three digits, for the labels of a chart. */
export const about = (u) => signed(short.format(Math.abs(u) / 10000), u < 0);

/** Parts per million as per cent. */
export const percent = (ppm, places = 1) => signed(`${(Math.abs(ppm) / 10000).toFixed(places)} %`, ppm < 0);

const SMALL_PPM = 1000;

/** A rate of a price: per cent, or parts per million where per cent would say nothing. */
export const rate = (ppm) => (ppm !== 0 && Math.abs(ppm) < SMALL_PPM ? signed(`${grouped.format(Math.abs(ppm))} ppm`, ppm < 0) : percent(ppm));

/** A move of a price, with its sign. */
export const move = (ppm) => (ppm > 0 ? `+${rate(ppm)}` : rate(ppm));

export const plural = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

/** A multiple: parts per million as a factor. */
export const times = (ppm) => (ppm / 1_000_000).toLocaleString("en-US", { maximumFractionDigits: 3 });

const dates = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });

/** A time, in UTC, as people write it. */
export const dated = (time) => `${dates.format(new Date(time))} UTC`;

const since = new Intl.RelativeTimeFormat("en-US", { numeric: "always" });
const SPANS = [["year", 31_557_600_000], ["month", 2_629_800_000], ["day", 86_400_000], ["hour", 3_600_000], ["minute", 60_000]];

/** How long ago a time was. */
export function age(time, now = Date.now()) {
  const passed = Math.max(0, now - new Date(time).getTime());
  const [unit, ms] = SPANS.find(([, span]) => passed >= span) ?? ["second", 1000];
  return since.format(-Math.floor(passed / ms), unit);
}

const DOLLAR = 10_000;

/** To the dollar, half away from zero; in full where that would say 0 of something. */
export function whole(u) {
  if (u !== 0 && Math.abs(u) < DOLLAR) return signed((Math.abs(u) / DOLLAR).toFixed(4), u < 0);
  return signed(grouped.format(Math.round(Math.abs(u) / DOLLAR)), u < 0);
}

const TENTH_PPM = 1000;

/** How much of something is there, rounded down: what is nearly all of it is not said to be. */
export const covered = (ppm) => percent(Math.floor(ppm / TENTH_PPM) * TENTH_PPM);

/** So many lots of so much each, exactly: 120000 of "0.0001" are 12. */
export function quantity(lots, lot) {
  const places = (lot.split(".")[1] ?? "").length;
  const units = BigInt(Math.abs(lots)) * BigInt(lot.replace(".", ""));
  const scale = 10n ** BigInt(places);
  const rest = String(units % scale).padStart(places, "0").replace(/0+$/, "");
  return signed(`${grouped.format(units / scale)}${places && rest ? `.${rest}` : ""}`, lots < 0);
}
