import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, open, test } from './support';

const root = fileURLToPath(new URL('../../', import.meta.url));
const PROBABILITIES = ['negative', 'neutral', 'positive'] as const;

/** Texts of all kinds, none of which the other tests read. */
const TEXTS = [
  ...readFileSync(`${root}xtask/peers/tweets.txt`, 'utf8').trim().split('\n'),
  'not bad, not great, it was a flight',
  '😡😡😡',
  'qzx wvb jkl',
  'Mon vol est encore en retard, c’est la honte',
  '飛行機が遅れた',
  'word '.repeat(99).trim(),
];

test('the browser says what the same bundle says natively', async ({ page }) => {
  test.skip(!process.env.VIGIE, 'VIGIE names no program');
  const rows = TEXTS.map((text) => JSON.stringify({ text })).join('\n');
  const said = execFileSync(
    process.env.VIGIE!,
    ['predict', '--model', 'models/bilstm-device', '--input', '-', '--input-format', 'jsonl', '--format', 'jsonl'],
    { cwd: root, input: rows, encoding: 'utf8' },
  );
  const native = said.trim().split('\n').map((line) => JSON.parse(line));
  await open(page);
  const verdicts = await page.evaluate(async (texts) => {
    const worker = new Worker('/pkg/worker.js');
    const heard: any[] = [];
    await new Promise<void>((done, failed) => {
      worker.onmessage = ({ data }) => {
        const reply = data === '"listening"' ? 'listening' : JSON.parse(data);
        if (reply === 'listening') worker.postMessage('"load"');
        if (reply.loaded) for (const text of texts) worker.postMessage(JSON.stringify({ read: text }));
        if (reply.failed) failed(new Error(reply.failed));
        if (reply.verdict && heard.push(reply.verdict) === texts.length) done();
      };
    });
    worker.terminate();
    return heard;
  }, TEXTS);
  expect(verdicts.map(({ tweet }) => tweet)).toEqual(TEXTS);
  for (const [place, { prediction }] of verdicts.entries()) {
    const row = native[place];
    expect(prediction.label, row.text).toBe(row.vigie_label);
    expect(prediction.language, row.text).toBe(row.vigie_language);
    expect(prediction.complaint?.reason ?? null, row.text).toBe(row.vigie_reason);
    for (const label of PROBABILITIES) {
      expect(Math.abs(prediction.probabilities[label] - row[`vigie_${label}`]), row.text).toBeLessThan(1e-5);
    }
  }
});
