// Keeps a page that the service renders as it is now, and sends its forms without leaving it. Without this
// script the same links and forms work, by whole pages.
const main = document.querySelector('main[data-page]');

/** Makes `from` what `to` is, and leaves alone what is the same: open details, focus and half-typed words stay. */
function become(from, to) {
  if (from.isEqualNode(to)) return;
  for (const { name } of [...from.attributes]) {
    const isOurs = (from.localName === 'details' && name === 'open') || name === 'data-done';
    if (!to.hasAttribute(name) && !isOurs) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  const key = (node) => node.dataset?.key;
  const wanted = new Set([...to.children].map(key));
  // What is gone goes first: what stays need not move then, and keeps the focus.
  for (const child of [...from.children]) if (key(child) && !wanted.has(key(child))) child.remove();
  const kept = new Map([...from.children].filter(key).map((child) => [key(child), child]));
  let place = from.firstChild;
  for (const next of [...to.childNodes]) {
    const named = key(next) && kept.get(key(next));
    if (named && named !== place) from.insertBefore(named, place);
    const current = named ?? place;
    const isSame = current && current.nodeType === next.nodeType && current.localName === next.localName && key(current) === key(next);
    if (!isSame) {
      from.insertBefore(next, place);
      continue;
    }
    place = current.nextSibling;
    if (current.nodeType === Node.ELEMENT_NODE) become(current, next);
    else if (current.data !== next.data) current.data = next.data;
  }
  while (place) {
    const after = place.nextSibling;
    place.remove();
    place = after;
  }
}

/** Times on the reader's clock. */
function localise(root) {
  const form = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
  for (const time of root.querySelectorAll('time[datetime]')) time.textContent = form.format(new Date(time.dateTime));
}

/** Shows the page of an answer. */
async function show(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('main[data-page]');
  if (!fresh) return;
  localise(fresh);
  become(main, fresh);
  keepAsking();
  main.dispatchEvent(new Event('shown'));
  if (answer.redirected) history.replaceState(history.state, '', answer.url);
}

let asking;
let again = false;

/** Asks for the page anew; while an answer is awaited, once more after it. */
function refresh() {
  if (asking) {
    again = true;
    return;
  }
  asking = fetch(location.href, { headers: { accept: 'text/html' } })
    .then((answer) => (answer.ok ? show(answer) : undefined))
    .catch(() => {}) // The service is away: the next event comes when it is back.
    .finally(() => {
      asking = undefined;
      if (again) refresh();
      again = false;
    });
}

let timer;

/** Asks again while the page says that something is under way. */
function keepAsking() {
  clearTimeout(timer);
  const pause = main.querySelector('[data-refresh-ms]')?.dataset.refreshMs;
  if (pause) timer = setTimeout(refresh, Number(pause));
}

const SLICE_BYTES = 4 * 1024 * 1024;
const ATTEMPTS = 5;
const json = async (address, options) => {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

/** Sends a file in slices, from where an earlier upload of the same file has stopped, and gives its address. */
async function upload(file, tell) {
  const isSame = (known) => known.state === 'uploading' && known.name === file.name && known.bytes === file.size;
  const known = (await json('/api/v1/files')).items.find(isSame);
  const headers = { 'content-type': 'application/json' };
  const announced = JSON.stringify({ name: file.name, bytes: file.size });
  const { id, uploaded_bytes: from } = known ?? (await json('/api/v1/files', { method: 'POST', headers, body: announced }));
  const begun = performance.now();
  let [bytes, failures] = [from, 0];
  while (bytes < file.size) {
    tell(bytes / file.size, bytes, (1000 * (bytes - from)) / (performance.now() - begun));
    try {
      const body = file.slice(bytes, bytes + SLICE_BYTES);
      await json(`/api/v1/files/${id}/content?offset=${bytes}`, { method: 'PATCH', body });
      bytes = Math.min(bytes + SLICE_BYTES, file.size);
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === ATTEMPTS) throw error;
      // It says itself how much has arrived.
      bytes = (await json(`/api/v1/files/${id}`)).uploaded_bytes;
    }
  }
  return `/files/${id}`;
}

/** Sends what was chosen in `form` and opens it. */
async function give(form) {
  const file = form.querySelector('[type=file]').files[0];
  const [shown, problem, button] = ['.under-way', '.problem', 'button'].map((part) => form.querySelector(part));
  const size = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const megabytes = (bytes) => size.format(bytes / 1e6);
  shown.hidden = false;
  problem.hidden = true;
  button.disabled = true;
  try {
    const address = await upload(file, (share, bytes, rate) => {
      shown.querySelector('progress').value = share;
      shown.querySelector('.said').textContent = `${megabytes(bytes)} / ${megabytes(file.size)} MB · ${megabytes(rate)} MB/s`;
    });
    if (address === location.pathname) refresh();
    else location.assign(address);
  } catch {
    problem.hidden = false;
  }
  shown.hidden = true;
  button.disabled = false;
}

let sending = Promise.resolve();

/** Sends a form's fields once all that was sent before is answered, and shows the answer. `fields` is asked when its turn comes. */
export function send(address, fields) {
  const turn = sending.then(async () => {
    const body = new URLSearchParams(fields());
    const answer = await fetch(address, { method: 'POST', body, headers: { accept: 'text/html' } });
    if (!answer.ok) throw new Error(`${answer.status}`); // Nothing was done, and the page that says why is no page of ours.
    await show(answer);
  });
  sending = turn.catch(() => {}); // Whoever sends it hears of it; the next one is sent all the same.
  return turn;
}

main.addEventListener('submit', async (event) => {
  const form = event.target;
  // What asks for another page is left to the browser.
  if ((event.submitter?.formMethod || form.method) !== 'post') return;
  event.preventDefault();
  if (form.enctype === 'multipart/form-data') {
    give(form);
    return;
  }
  form.setAttribute('aria-busy', 'true');
  try {
    const fields = new FormData(form, event.submitter);
    await send(form.action, () => fields);
    if (!('keep' in form.dataset)) form.reset();
  } catch {
    // The browser sends it once more, and shows what is wrong; it does not say by which button.
    const { name, value } = event.submitter ?? {};
    if (name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    form.submit();
  } finally {
    form.removeAttribute('aria-busy');
  }
});

/** A stretch drawn on the chart of a watch is looked at alone. */
main.addEventListener('pointerdown', (event) => {
  const chart = event.target.closest('.course-chart svg');
  const form = main.querySelector('.stretch-form');
  if (!chart || !form || event.button !== 0) return;
  const [left, from, to] = ['left', 'from', 'to'].map((name) => Number(chart.dataset[name]));
  const width = chart.viewBox.baseVal.width;
  const place = ({ clientX, clientY }) => {
    const { x } = new DOMPoint(clientX, clientY).matrixTransform(chart.getScreenCTM().inverse());
    return Math.min(Math.max(x, left), width);
  };
  const begin = place(event);
  const drawn = document.createElementNS(chart.namespaceURI, 'rect');
  drawn.setAttribute('class', 'stretch');
  drawn.setAttribute('y', '34');
  drawn.setAttribute('height', '266');
  chart.prepend(drawn);
  chart.setPointerCapture(event.pointerId);
  event.preventDefault();
  const ends = (event) => [begin, place(event)].sort((one, other) => one - other);
  chart.onpointermove = (event) => {
    const [one, other] = ends(event);
    drawn.setAttribute('x', one);
    drawn.setAttribute('width', other - one);
  };
  chart.onpointerup = chart.onpointercancel = (event) => {
    chart.onpointermove = chart.onpointerup = chart.onpointercancel = null;
    drawn.remove();
    const [one, other] = ends(event);
    // A click is none.
    if (event.type === 'pointercancel' || other - one < 4) return;
    const written = (x) => {
      const second = from + ((x - left) / (width - left)) * (to - from);
      return new Date(1000 * second).toISOString().slice(0, 16);
    };
    form.elements.from.value = written(one);
    form.elements.to.value = written(other);
    form.requestSubmit();
  };
});

if (main.dataset.news) {
  const news = new EventSource(main.dataset.news);
  for (const name of ['incident', 'tweets']) news.addEventListener(name, refresh);
}
localise(main);
keepAsking();
document.documentElement.setAttribute('data-live', '');
