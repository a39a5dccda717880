// What the pages do: functions that run in the browser, each leaving `load`, `read` and `readAll` behind. Times of reading are in
// microseconds, those of loading in milliseconds.

/** Our worker, as the page of Vigie talks to it. */
export function meetOurs() {
  let worker;
  const heard = (wanted) =>
    new Promise((done, failed) => {
      worker.onmessage = ({ data }) => {
        const reply = JSON.parse(data);
        if (reply === wanted || reply[wanted]) done(reply[wanted]);
        if (reply.failed) failed(new Error(reply.failed));
      };
    });
  globalThis.load = async () => {
    worker?.terminate();
    const start = performance.now();
    worker = new Worker('/pkg/worker.js');
    await heard('listening');
    worker.postMessage('"load"');
    await heard('loaded');
    return performance.now() - start;
  };
  globalThis.read = async (text) => {
    const start = performance.now();
    worker.postMessage(JSON.stringify({ read: text }));
    const { prediction, duration_us } = await heard('verdict');
    return { round_us: 1000 * (performance.now() - start), model_us: duration_us, label: prediction.label };
  };
  globalThis.readAll = async (texts) => {
    const all = [];
    for (const text of texts) all.push(await globalThis.read(text));
    return all;
  };
}

/** ONNX Runtime Web with the export in `kind`.onnx. */
export async function meetPeer(kind) {
  const labels = ['negative', 'neutral', 'positive'];
  let session;
  let ort;
  globalThis.load = async () => {
    const start = performance.now();
    ort = await import('/runtime/ort.wasm.min.mjs');
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmPaths = '/runtime/';
    session = await ort.InferenceSession.create(`/export/${kind}.onnx`, { executionProviders: ['wasm'] });
    return performance.now() - start;
  };
  const run = async (ids) => {
    const start = performance.now();
    const feeds = {
      ids: new ort.Tensor('int64', BigInt64Array.from(ids, BigInt), [1, ids.length]),
      lengths: new ort.Tensor('int32', Int32Array.of(ids.length), [1]),
      mask: new ort.Tensor('float32', new Float32Array(ids.length).fill(1), [1, ids.length, 1]),
    };
    const { probabilities } = await session.run(feeds);
    const round_us = 1000 * (performance.now() - start);
    const shares = [...probabilities.data];
    return { round_us, label: labels[shares.indexOf(Math.max(...shares))] };
  };
  globalThis.read = async (ids) => (await run(ids)).round_us;
  globalThis.readAll = async (rows) => {
    const all = [];
    for (const ids of rows) all.push(await run(ids));
    return all;
  };
}
