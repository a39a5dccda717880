// Starts the model in a worker of the page. What a browser cannot compile it cannot run.
importScripts('/pkg/browser.js');
wasm_bindgen({ module_or_path: '/pkg/browser.wasm' }).catch((error) => {
  const reason = error instanceof WebAssembly.CompileError ? 'unsupported' : 'unreachable';
  postMessage(JSON.stringify({ failed: reason }));
});
