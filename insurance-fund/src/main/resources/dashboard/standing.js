// Alerts that stand: one quiet line with the first of which nobody knows, and all of them behind it.
import { element, field } from "./parts.js";
import { age, dated, plural } from "./words.js";

const WORST_FIRST = ["coverage", "margin-ratio", "distance", "concentration", "proof-age", "data-age"];
const headers = { "Content-Type": "application/json", Accept: "application/json" };

/** What a house answers, or why it does not. */
export async function ask(path, body) {
  const response = await fetch(path, body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail ?? `${path} answered ${response.status}`);
  return answer;
}

function button(words, name, act) {
  const made = element("button", words);
  made.type = "button";
  made.setAttribute("aria-label", name);
  made.addEventListener("click", () => act().catch((failure) => (field("standing-trouble").textContent = failure.message)));
  return made;
}

/** The alerts of a page, followed by the stream. */
export function follow(which) {
  const acknowledge = (alert) => button("Acknowledge", `Acknowledge: ${alert.text}`, async () => {
    await ask(`/alerts/${alert.alert}/acknowledge`, {});
    await show();
  });

  function item(alert) {
    const line = element("li", alert.text, alert.acknowledged ? "quiet" : "warn");
    if (alert.acknowledged) line.append(element("small", `Known to ${alert.acknowledged.by} since ${dated(alert.acknowledged.at)}${alert.acknowledged.note ? `: ${alert.acknowledged.note}` : ""}`));
    else line.append(" ", acknowledge(alert));
    line.append(element("small", `${alert.edges} Since ${dated(alert.raised)}.`));
    return line;
  }

  async function show() {
    const { standing } = await ask("/alerts");
    const rank = ({ measure }) => WORST_FIRST.indexOf(measure);
    const mine = standing.filter(which).sort((a, b) => rank(a) - rank(b) || b.alert - a.alert);
    const unknown = mine.filter((a) => !a.acknowledged);
    field("standing").hidden = !mine.length;
    field("standing").dataset.known = !unknown.length;
    field("standing-trouble").textContent = "";
    if (!mine.length) return;
    const [first] = unknown.length ? unknown : mine;
    field("standing-said").textContent = `${plural(mine.length, "alert")}${unknown.length ? "" : ", known"}: ${first.text}`;
    field("standing-said").title = `${first.text} ${first.edges} Raised ${age(first.raised)}.`;
    field("standing-first").replaceChildren(...(unknown.length ? [acknowledge(first)] : []));
    field("standing-list").replaceChildren(...[...unknown, ...mine.filter((a) => a.acknowledged)].map(item));
  }

  show().catch(() => (field("standing").hidden = true));
  new EventSource("/alerts/stream").addEventListener("message", (event) => {
    if (JSON.parse(event.data).type !== "heartbeat") show().catch(() => undefined);
  });
  return show;
}
