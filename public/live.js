// Keeps a page that the service renders as it is now, and sends its forms without leaving it. Without this
// script the same links and forms work, by whole pages.
const main = document.querySelector('main[data-page]');

/** Makes `from` what `to` is, and leaves alone what is the same: open details, focus and half-typed words stay. */
function become(from, to) {
  if (from.isEqualNode(to)) return;
  for (const { name } of [...from.attributes]) {
    const isOurs = from.localName === 'details' && name === 'open';
    if (!to.hasAttribute(name) && !isOurs) from.removeAttribute(name);
  }
  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value) from.setAttribute(name, value);
  }
  const key = (node) => node.dataset?.key;
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

main.addEventListener('submit', async (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.enctype === 'multipart/form-data') return;
  event.preventDefault();
  form.setAttribute('aria-busy', 'true');
  try {
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'text/html' } });
    form.reset();
    await show(answer);
  } catch {
    form.submit(); // The browser says what is wrong with the connection.
  } finally {
    form.removeAttribute('aria-busy');
  }
});

if (main.dataset.news) {
  const news = new EventSource(main.dataset.news);
  for (const name of ['incident', 'tweets']) news.addEventListener(name, refresh);
}
localise(main);
document.documentElement.setAttribute('data-live', '');
