// Times that go on by themselves: how long since, how long yet. Counted by the server's clock, not by this machine's.
let ahead = 0;
const inSeoul = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Seoul", hour: "2-digit", minute: "2-digit", second: "2-digit" });

// The server's clock now, in seconds since 1970.
export function setClock(seconds) {
  ahead = seconds * 1000 - Date.now();
}

// Hours, minutes and seconds in Seoul at a time of this machine.
export const inSeoulAt = (at) => inSeoul.format(at + ahead);

export function goOn() {
  tick();
  window.setInterval(tick, 1_000);
  document.addEventListener("part", tick);
}

function tick() {
  for (const one of document.querySelectorAll("time[data-now]")) one.textContent = inSeoulAt(Date.now()).slice(0, 5);
  const now = Date.now() + ahead;
  for (const one of document.querySelectorAll("time[data-since], time[data-until]")) {
    const at = Date.parse(one.dateTime);
    const left = "until" in one.dataset ? at - now : now - at;
    const text = clock(Math.max(0, Math.round(left / 1000)));
    if (one.textContent !== text) one.textContent = text;
    one.classList.toggle("soon", "until" in one.dataset && left < 10_000);
  }
}

function clock(whole) {
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
