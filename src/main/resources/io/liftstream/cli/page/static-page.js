// The script of a page that opens from disk: every canvas with data-cloud shows that cloud.
import {CloudStage} from 'liftstream/cloud-stage';

function bytes(base64) {
  const text = atob(base64);
  const array = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    array[i] = text.charCodeAt(i);
  }
  return array.buffer;
}

/** Without WebGL the pictures are still worth seeing. */
function startStage() {
  try {
    return new CloudStage();
  } catch (error) {
    for (const canvas of document.querySelectorAll('canvas[data-cloud]')) {
      const notice = document.createElement('p');
      notice.className = 'notice';
      notice.textContent = 'This browser cannot draw clouds: it has no WebGL.';
      canvas.replaceWith(notice);
    }
    return null;
  }
}

const stage = startStage();
if (stage) {
  for (const canvas of document.querySelectorAll('canvas[data-cloud]')) {
    stage.add(canvas, () => bytes(canvas.dataset.cloud));
  }
  const sway = document.getElementById('sway');
  if (sway) {
    sway.checked = !matchMedia('(prefers-reduced-motion: reduce)').matches;
    stage.sway = sway.checked;
    sway.addEventListener('change', () => {
      stage.sway = sway.checked;
      stage.views.forEach((view) => { view.dirty = true; });
    });
  }
}
