/** The page of the sample app: plain, so that it runs as it lies here. */
const show = (id, text) => {
  document.getElementById(id).textContent = text;
};

const directPort = Promise.withResolvers();
window.askUtility = async (question) => {
  const port = await directPort.promise;
  const answer = new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
  port.postMessage(question);
  return answer;
};

addEventListener('message', ({ data, source, origin, ports: [port] }) => {
  if (source !== window || origin !== location.origin) return;
  if (data === 'port') {
    port.onmessage = ({ data: message }) => {
      window.onSampleMessage?.(message);
      if ('total' in message) show('total', `total ${message.total}`);
    };
    window.samplePort = port;
    port.postMessage({ count: 10 });
  } else if (data === 'direct-port') {
    directPort.resolve(port);
  }
});

const showPaths = (files) => show('path', [...files].map((file) => window.sample.pathOf(file)).join());
const drop = document.getElementById('drop');
for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, (event) => event.preventDefault());
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  showPaths(event.dataTransfer.files);
});
document.getElementById('choose').addEventListener('change', (event) => showPaths(event.target.files));

window.sample.connect();
window.sample.direct();
