// Keys for the list of texts to review. They work only while it has the focus, and can be turned off; all that they do
// can be done by its buttons and boxes too, which need no script.
import { send } from '/live.js';

const main = document.querySelector('main[data-page=review]');
const SAYS = { 1: 'negative', 2: 'neutral', 3: 'positive', 0: 'skip' };
const KEPT = 'vigie-single-keys';

const form = () => main.querySelector('.queue-form');
const items = () => [...main.querySelectorAll('.queue > .item:not([data-done])')];
const box = (item) => item.querySelector('[type=checkbox]');
const ticked = () => items().filter((item) => box(item).checked);
const here = () => document.activeElement?.closest?.('.queue > .item');
const areOn = () => main.querySelector('[data-single-keys]').checked;

/** The text that had the focus last, by its key, and the one that was ticked last. */
let current;
let anchor;
/** Texts that were acted on and may come back by an undo, the last at the end. */
const acted = [];

function focus(item) {
  if (!item) return;
  current = item.dataset.key;
  item.focus();
  item.scrollIntoView({ block: 'nearest' });
}

/** The text `steps` further down, or as far as there are any. */
function move(steps) {
  const all = items();
  const place = all.indexOf(here());
  focus(all[Math.max(0, Math.min(all.length - 1, place + steps))]);
}

function count() {
  const shown = main.querySelector('.selected .count');
  const number = String(ticked().length);
  if (shown && shown.textContent !== number) shown.textContent = number;
}

/** Says `what` of the ticked texts, or of the one that has the focus, and goes on to the next. */
function say(what) {
  const chosen = ticked();
  // What was spoken of waits for its answer, and is not spoken of twice.
  const about = chosen.length ? chosen : [here()].filter((item) => !('done' in item.dataset));
  if (!about.length) return;
  const all = items();
  const last = all.indexOf(about.at(-1));
  const next = all.slice(last + 1).find((item) => !about.includes(item)) ?? all.slice(0, last).reverse().find((item) => !about.includes(item));
  const fields = new FormData(form());
  fields.delete('items[]');
  fields.append('say', what);
  for (const item of about) {
    fields.append('items[]', item.dataset.key);
    box(item).checked = false;
    item.dataset.done = what;
  }
  acted.push(about[0].dataset.key);
  count();
  focus(next);
  const done = send(form().action, () => fields);
  done.then(() => about.forEach((item) => delete item.dataset.done)).catch(() => location.reload());
}

/** Takes the last act back once all before it are answered: only then the page knows which it is. */
function undo() {
  if (!main.querySelector('.undo') && !acted.length) return;
  const back = acted.pop();
  const fields = () => new FormData(main.querySelector('.undo'));
  const shown = send(main.querySelector('.last-act').dataset.undo, fields);
  shown.then(() => focus(items().find((item) => item.dataset.key === back) ?? items()[0])).catch(() => location.reload());
}

function tick(item) {
  box(item).checked = !box(item).checked;
  anchor = item.dataset.key;
}

/** Ticks all from the text that was ticked last to this one. */
function tickTo(item) {
  const all = items();
  const from = Math.max(0, all.findIndex((other) => other.dataset.key === anchor));
  const [first, last] = [from, all.indexOf(item)].sort((one, other) => one - other);
  for (const other of all.slice(first, last + 1)) box(other).checked = true;
}

function openKeys() {
  const keys = main.querySelector('.keys');
  keys.open = true;
  keys.querySelector('summary').focus();
}

/** Digits are told by their place too: on a French keyboard they need Shift. */
const digit = ({ key, code }) => (/^[0-3]$/.test(key) ? key : /^Digit([0-3])$/.exec(code)?.[1]);
const MOVES = ['j', 'k', 'ArrowDown', 'ArrowUp'];

/** What a key does; `undefined` if nothing. */
function action(event, item) {
  const number = digit(event);
  if (number !== undefined) return () => say(SAYS[number]);
  const actions = {
    j: () => move(1),
    ArrowDown: () => move(1),
    k: () => move(-1),
    ArrowUp: () => move(-1),
    u: undo,
    x: () => (event.shiftKey ? tickTo(item) : tick(item)),
    Escape: () => ticked().forEach((other) => (box(other).checked = false)),
    '?': openKeys,
  };
  return actions[event.key] ?? actions[event.key.toLowerCase()];
}

main.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === 'Escape' && event.target.closest('.keys')) {
    main.querySelector('.keys').open = false;
    focus(items().find((item) => item.dataset.key === current) ?? items()[0]);
    return;
  }
  const item = here();
  if (!item || !areOn()) return;
  const does = action(event, item);
  if (!does) return;
  event.preventDefault();
  // A key that is held down moves, and does nothing else: nobody reads so fast.
  if (event.repeat && !MOVES.includes(event.key)) return;
  does();
  count();
});

main.addEventListener('focusin', () => {
  if (here()) current = here().dataset.key;
});

main.addEventListener('change', (event) => {
  if (event.target.matches('[data-single-keys]')) localStorage.setItem(KEPT, areOn() ? 'on' : 'off');
  if (event.target.matches('.queue [type=checkbox]')) anchor = here()?.dataset.key ?? anchor;
  count();
});

/** After an answer: what had the focus may be gone, and where there was no text there may be some. */
main.addEventListener('shown', () => {
  count();
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (!current || !isLost) return;
  const item = items().find((other) => other.dataset.key === current) ?? items()[0];
  if (item) focus(item);
  else main.querySelector('.undo button')?.focus();
});

main.querySelector('[data-single-keys]') && (main.querySelector('[data-single-keys]').checked = localStorage.getItem(KEPT) !== 'off');
count();
