// The live page. The server sends the newest frame of a camera when the page has drawn the one before and asks for the
// next; all text from the server is set as text, never as HTML.
import {CloudStage, readCloud} from 'liftstream/cloud-stage';

const RECONNECT_MILLIS = 1000;
const DRAWN_WINDOW_MILLIS = 3000;
const FIRST_TIMED_EPOCH = 1e9;

/** A recording's schemas have no place for it. */
function metricText(metric) {
  if (metric === undefined) {
    return 'not recorded whether metres are measured';
  }
  return metric ? 'metres are measured' : 'scale is a guess';
}

class CameraCard {
  constructor(id, stage, ask) {
    this.id = id;
    this.ask = ask;
    this.element = document.getElementById('camera').content.firstElementChild.cloneNode(true);
    this.found = new Map();
    this.find('h2').textContent = id;
    this.find('.picture').setAttribute('aria-label', `image of ${id}`);
    this.find('.depth').setAttribute('aria-label', `depth of ${id}`);
    const cloud = this.find('.cloud');
    cloud.setAttribute('aria-label', `cloud of ${id}: turn it with the arrow keys`);
    this.view = stage ? stage.add(cloud) : null;
    if (!stage) {
      this.find('.cloud-caption').textContent = 'This browser cannot draw clouds: it has no WebGL.';
    }
    this.drawn = [];
    this.seen = true;
    this.owed = false;
    this.resultsPerSecond = 0;
    this.visibility = new IntersectionObserver((changes) => {
      this.seen = changes[changes.length - 1].isIntersecting;
      this.settle();
    });
    this.visibility.observe(this.element);
  }

  find(selector) {
    let element = this.found.get(selector);
    if (!element) {
      element = this.element.querySelector(selector);
      this.found.set(selector, element);
    }
    return element;
  }

  /** Equal text is not set again: it would be laid out again. */
  text(selector, value) {
    const element = this.find(selector);
    const text = String(value);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  }

  /** Shows a frame, then owes the server its thanks: what is asked for when the card can be seen. */
  async show(facts, parts) {
    const [picture, depth] = await Promise.all([bitmap(parts.picture), bitmap(parts.depth)]);
    await new Promise((drawing) => { requestAnimationFrame(drawing); });
    paint(this.find('.picture'), picture);
    paint(this.find('.depth'), depth);
    const cloud = this.view && parts.cloud ? readCloud(parts.cloud) : null;
    if (cloud) {
      this.view.show(cloud);
    } else {
      this.view?.clear();
    }
    this.describe(facts, cloud);
    this.drawn.push(performance.now());
    this.owed = true;
    this.settle();
  }

  describe(facts, cloud) {
    this.text('.problem', facts.error ?? '');
    if (facts.error) {
      if (this.view) {
        this.text('.cloud-caption', 'no cloud');
      }
      return;
    }
    this.text('.picture-caption', facts.pictureMissing ? `no image: ${facts.pictureMissing}` : 'image');
    if (this.view) {
      this.text('.cloud-caption', cloudText(facts, cloud));
    }
    this.text('.captured', facts.captured ? timeText(facts.captured) : '');
    this.text('.latency', facts.latencyMillis === undefined ? 'not known' : duration(facts.latencyMillis));
    this.text('.frame-number', `${facts.sequence ?? ''}${startText(facts.epoch)} · ${facts.width} × ${facts.height}`);
    this.text('.model', shortModel(facts.model ?? 'not known'));
    this.find('.model').title = facts.model ?? '';
    const metric = this.find('.metric');
    metric.textContent = metricText(facts.metric);
    metric.classList.toggle('measured', facts.metric === true);
    metric.hidden = false;
  }

  /** Asks for the next frame, unless the user pauses or cannot see this camera. */
  settle() {
    if (this.owed && this.seen && !page.paused) {
      this.owed = false;
      this.ask(this.id);
    }
  }

  step() {
    if (this.owed) {
      this.owed = false;
      this.ask(this.id);
    }
  }

  numbers(camera) {
    const now = performance.now();
    this.drawn = this.drawn.filter((time) => now - time < DRAWN_WINDOW_MILLIS);
    const shown = this.drawn.length * 1000 / DRAWN_WINDOW_MILLIS;
    this.text('.rate', `${camera.perSecond.toFixed(1)} results/s, ${shown.toFixed(1)} shown`);
    const rejected = Object.entries(camera.rejected).map(([reason, count]) => `${reason} ${count}`);
    this.text('.rejected', rejected.length ? `rejected: ${rejected.join(', ')}` : '');
  }
}

function bitmap(bytes) {
  return bytes ? createImageBitmap(new Blob([bytes])).catch(() => null) : null;
}

/** A canvas that is given a size, its own too, gets new memory: only another size is set. */
function resize(canvas, width, height) {
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
}

function paint(canvas, picture) {
  if (picture) {
    resize(canvas, picture.width, picture.height);
    canvas.getContext('2d', {alpha: false}).drawImage(picture, 0, 0);
    picture.close();
  } else {
    resize(canvas, 1, 1);
    canvas.getContext('2d', {alpha: false}).clearRect(0, 0, 1, 1);
  }
}

/** An epoch is the second in which its first frame came; those of older jobs are numbered from 0. */
function startText(epoch) {
  if (!epoch) {
    return '';
  }
  return epoch < FIRST_TIMED_EPOCH ? `, restart ${epoch}` : ` since ${timeText(1000 * epoch).slice(0, 19)}`;
}

function timeText(time) {
  return new Date(time).toISOString().replace('T', ' ').slice(0, 23);
}

function cloudText(facts, cloud) {
  if (facts.points === undefined) {
    return 'the result has no cloud';
  }
  const points = facts.points.toLocaleString('en');
  const reduced = facts.degradations?.length ? `; the job reduced it: ${facts.degradations.join(', ')}` : '';
  return (facts.points === facts.totalPoints
    ? `cloud: ${points} points`
    : `cloud: ${points} of ${facts.totalPoints.toLocaleString('en')} points`) + rangeText(cloud) + reduced;
}

/** From the nearest to the farthest point; z points backwards. */
function rangeText(cloud) {
  if (!cloud?.count) {
    return '';
  }
  const near = -(cloud.least[2] + cloud.side[2]);
  return `, ${near.toFixed(1)} to ${(-cloud.least[2]).toFixed(1)} m`;
}

function duration(millis) {
  const units = [[86400000, 'd'], [3600000, 'h'], [60000, 'min'], [1000, 's']];
  for (const [size, unit] of units) {
    if (Math.abs(millis) >= 2 * size) {
      return `${(millis / size).toFixed(1)} ${unit}`;
    }
  }
  return `${Math.round(millis)} ms`;
}

function shortModel(model) {
  const at = model.indexOf('@');
  return at < 0 ? model : model.slice(0, at + 13);
}

class LivePage {
  constructor() {
    this.cards = new Map();
    this.paused = false;
    try {
      this.stage = new CloudStage();
    } catch (error) {
      this.stage = null;
    }
    this.pauseButton = document.getElementById('pause');
    this.stepButton = document.getElementById('step');
    this.swayBox = document.getElementById('sway');
    this.pauseButton.addEventListener('click', () => this.pause(!this.paused));
    this.stepButton.addEventListener('click', () => this.step());
    this.swayBox.addEventListener('change', () => this.sway(this.swayBox.checked));
    document.addEventListener('keydown', (event) => this.key(event));
    document.addEventListener('visibilitychange', () => this.settle());
  }

  connect() {
    const socket = new WebSocket(`ws://${location.host}/live`, 'liftstream.view.v1');
    socket.binaryType = 'arraybuffer';
    this.socket = socket;
    this.ended = false;
    this.recorded = false;
    socket.onopen = () => this.live();
    socket.onclose = () => {
      this.state('connection lost: trying again', 'lost');
      setTimeout(() => this.connect(), RECONNECT_MILLIS);
    };
    socket.onmessage = (message) => {
      if (typeof message.data === 'string') {
        this.told(JSON.parse(message.data));
      } else {
        this.frame(message.data);
      }
    };
  }

  live() {
    if (this.paused) {
      this.state('paused', 'paused');
    } else if (this.ended) {
      this.state('the recording has ended', '');
    } else if (this.recorded) {
      this.state('recording', '');
    } else {
      this.state('live', 'live');
    }
  }

  state(text, kind) {
    const state = document.getElementById('state');
    state.textContent = text;
    state.className = `state ${kind}`;
  }

  told(message) {
    if (message.type === 'hello') {
      document.getElementById('source').textContent = message.source;
      document.title = `Liftstream view: ${message.source}`;
      return;
    }
    const notices = [];
    for (const camera of message.cameras) {
      if (camera.id === '') {
        const counts = Object.entries(camera.rejected).map(([reason, count]) => `${reason} ${count}`);
        notices.push(`rejected, of no known camera: ${counts.join(', ')}`);
      } else {
        this.card(camera.id).numbers(camera);
      }
    }
    if (message.unreadable) {
      notices.push(`${message.unreadable} records are no results`);
    }
    if (message.skipped) {
      notices.push(`${message.skipped} results were passed over: reading is slower than the job`);
    }
    if (message.turnedAway) {
      notices.push(`${message.turnedAway} further cameras are not shown`);
    }
    document.getElementById('notices').textContent = notices.join(' · ');
    if (message.ended !== this.ended || message.recorded !== this.recorded) {
      this.ended = message.ended;
      this.recorded = message.recorded;
      this.live();
    }
  }

  frame(buffer) {
    const length = new DataView(buffer).getUint32(0, true);
    const facts = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
    const parts = {};
    let offset = 4 + length;
    for (const [name, bytes] of Object.entries(facts.parts)) {
      // A cloud's numbers must begin at an even place.
      parts[name] = name === 'cloud' ? buffer.slice(offset, offset + bytes) : new Uint8Array(buffer, offset, bytes);
      offset += bytes;
    }
    this.card(facts.camera).show(facts, parts);
  }

  card(id) {
    let card = this.cards.get(id);
    if (!card) {
      card = new CameraCard(id, this.stage, (camera) => this.ask(camera));
      this.cards.set(id, card);
      const list = document.getElementById('cameras');
      const next = [...this.cards.values()].filter((other) => other.id > id).sort((a, b) => (a.id < b.id ? -1 : 1))[0];
      list.insertBefore(card.element, next ? next.element : null);
      document.getElementById('empty').hidden = true;
    }
    return card;
  }

  ask(camera) {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify({next: camera}));
    }
  }

  settle() {
    this.cards.forEach((card) => card.settle());
  }

  pause(paused) {
    this.paused = paused;
    this.pauseButton.setAttribute('aria-pressed', String(paused));
    this.stepButton.disabled = !paused;
    if (this.socket.readyState === WebSocket.OPEN) {
      this.live();
    }
    this.settle();
  }

  step() {
    this.cards.forEach((card) => card.step());
  }

  sway(on) {
    this.swayBox.checked = on;
    if (this.stage) {
      this.stage.sway = on;
      this.stage.views.forEach((view) => { view.dirty = true; });
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches('button, input')) {
      return;
    }
    if (event.key === ' ') {
      event.preventDefault();
      this.pause(!this.paused);
    } else if (event.key === 'n' && this.paused) {
      this.step();
    } else if (event.key === 's') {
      this.sway(!this.swayBox.checked);
    }
  }
}

const page = new LivePage();
page.connect();
