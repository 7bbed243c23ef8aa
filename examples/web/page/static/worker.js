"use strict";
// Runs the tagger, compiled to WebAssembly, away from the page.

importScripts("wasm_exec.js");

const ready = new Promise((resolve, reject) => {
  const post = self.postMessage.bind(self);
  self.postMessage = (message) => (message === "ready" ? resolve() : post(message));
  const go = new Go();
  fetch("steppe.wasm")
    .then((r) => (r.ok ? r.arrayBuffer() : Promise.reject(new Error("steppe.wasm: " + r.status))))
    .then((bytes) => WebAssembly.instantiate(bytes, go.importObject))
    .then(({ instance }) => { go.run(instance); })
    .catch(reject);
});

const answers = {
  entities: (request) => JSON.parse(self.steppeEntities(request)),
  convert: (request) => JSON.parse(self.steppeConvert(request)),
  map: () => JSON.parse(self.steppeMap()),
};

self.onmessage = async ({ data: { id, what, request } }) => {
  try {
    await ready;
    const result = answers[what](request);
    if (result.error) throw new Error(result.error);
    self.postMessage({ id, result: what === "convert" ? result.data : result });
  } catch (e) {
    self.postMessage({ id, error: e.message });
  }
};
