// Our model in a worker of headless Chromium beside ONNX Runtime Web with the same network's export, on one thread.
//
//     node measure.mjs SITE EXPORT CHROMIUM
//
// SITE is the built site. EXPORT holds full.onnx, int8.onnx and rows.json, the texts of tweets.txt with the ids of their words. Ours goes
// from a text that the page posts to the verdict that it gets; the peer makes the forward pass alone, from the ids. All take turns;
// what counts is the median. Prints a JSON record a case.
import { createServer } from 'node:http';
import { readFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import { extname, join } from 'node:path';

import { meetOurs, meetPeer } from './page.mjs';

const [site, exported, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(new URL('../../../end2end/', import.meta.url))('playwright-core');
const runtime = new URL('node_modules/onnxruntime-web/dist/', import.meta.url).pathname;
const ROUNDS = 15;

const TYPES = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };
const FOLDERS = { '/runtime/': runtime, '/export/': `${exported}/`, '/': `${site}/` };

/** Files as the service serves them: compressed where a compressed form lies beside them, and isolated for precise clocks. */
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [prefix, folder] = Object.entries(FOLDERS).find(([prefix]) => pathname.startsWith(prefix));
  const file = join(folder, pathname.slice(prefix.length));
  const headers = {
    'Content-Type': TYPES[extname(file)] ?? (pathname === '/' ? 'text/html' : 'application/octet-stream'),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
  };
  if (pathname === '/') return response.writeHead(200, headers).end('<!doctype html><title>Bench</title>');
  if (existsSync(`${file}.br`)) return response.writeHead(200, { ...headers, 'Content-Encoding': 'br' }).end(readFileSync(`${file}.br`));
  if (existsSync(file)) return response.writeHead(200, headers).end(readFileSync(file));
  response.writeHead(404, headers).end();
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${server.address().port}/`;

const rows = JSON.parse(readFileSync(join(exported, 'rows.json'), 'utf8'));
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];

/** A page of a visitor who has been here never before. */
async function visit(meeting, argument) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(meeting, argument);
  return { page, leave: () => context.close() };
}

const loads = { ours: [], kept: [], full: [], int8: [] };
const firsts = { ours: [], full: [], int8: [] };
for (let round = 0; round < 5; round += 1) {
  const { page, leave } = await visit(meetOurs);
  loads.ours.push(await page.evaluate(() => load()));
  loads.kept.push(await page.evaluate(() => load()));
  firsts.ours.push((await page.evaluate((text) => read(text), rows[round].text)).round_us);
  await leave();
  for (const kind of ['full', 'int8']) {
    const peer = await visit(meetPeer, kind);
    loads[kind].push(await peer.page.evaluate(() => load()));
    firsts[kind].push(await peer.page.evaluate((ids) => read(ids), rows[round].ids));
    await peer.leave();
  }
}

const ours = await visit(meetOurs);
const peers = { full: await visit(meetPeer, 'full'), int8: await visit(meetPeer, 'int8') };
for (const { page } of [ours, ...Object.values(peers)]) await page.evaluate(() => load());
const figures = { round: [], model: [], full: [], int8: [] };
const agree = { full: 0, int8: 0 };
for (let round = 0; round <= ROUNDS; round += 1) {
  const said = await ours.page.evaluate((texts) => readAll(texts), rows.map(({ text }) => text));
  figures.round.push(median(said.map(({ round_us }) => round_us)));
  figures.model.push(median(said.map(({ model_us }) => model_us)));
  for (const [kind, { page }] of Object.entries(peers)) {
    const heard = await page.evaluate((all) => readAll(all), rows.map(({ ids }) => ids));
    figures[kind].push(median(heard.map(({ round_us }) => round_us)));
    agree[kind] = heard.filter(({ label }, place) => label === said[place].label).length;
  }
}
await browser.close();
server.close();
// Words that a small bundle lacks may turn a verdict; more would be another network.
if (agree.full < 0.9 * rows.length) throw new Error(`the export is another network: ${JSON.stringify(agree)}`);

const packed = (path) => brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length;
const sizes = (paths) => paths.reduce((sum, path) => sum + packed(path), 0) / 1e6;
const fetched = ['device/model.safetensors', 'device/vocab.txt', 'device/config.json', 'device/card.json', 'device/manifest.json'];
const scripts = ['pkg/browser.wasm', 'pkg/browser.js', 'pkg/worker.js'];
const size = sizes([...fetched, ...scripts].map((file) => join(site, file)));
const runtimeFiles = ['ort.wasm.min.mjs', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm'].map((file) => join(runtime, file));

const names = { full: 'ONNX Runtime Web float32', int8: 'ONNX Runtime Web int8' };
const record = (name, mine, theirs, against, unit) => {
  const rounded = (number) => Math.round(number * 100) / 100;
  console.log(JSON.stringify({ case: name, ours: rounded(mine), peer: rounded(theirs), against, ratio: rounded(theirs / mine), unit }));
};
const warm = Object.fromEntries(Object.entries(figures).map(([kind, numbers]) => [kind, median(numbers.slice(1))]));
record('one tweet, from the page to the verdict and back', warm.round / 1e3, 5, 'the target', 'ms');
for (const kind of ['full', 'int8']) {
  record('one tweet, model alone', warm.model / 1e3, warm[kind] / 1e3, names[kind], 'ms');
  record('the first tweet after loading, its words never read before', median(firsts.ours) / 1e3, median(firsts[kind]) / 1e3, names[kind], 'ms');
  record('ready, nothing kept yet', median(loads.ours), median(loads[kind]), names[kind], 'ms');
  const theirs = sizes([...runtimeFiles, join(exported, `${kind}.onnx`)]);
  record('fetched, as Brotli', size, theirs, names[kind], 'MB');
}
record('ready, the bundle kept by the browser', median(loads.kept), median(loads.ours), 'nothing kept yet', 'ms');
