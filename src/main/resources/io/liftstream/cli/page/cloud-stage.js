// Draws point clouds to turn. A browser allows about 16 WebGL contexts at a time, so all views of a page share one and
// get its picture into a canvas of their own. The bytes of a cloud are those of PageCloud.java.
import * as THREE from 'three';
import {OrbitControls} from 'three/orbit-controls';

// Colours of points are those of the picture's pixels and go to the screen as they are.
THREE.ColorManagement.enabled = false;

const HEADER_BYTES = 36;
const BACKGROUND = 0x0d1014;
const MAX_PIXEL_RATIO = 1.5;
const SAMPLES = 1024;
const FIRST_YAW = 0.22;
const FIRST_PITCH = 0.12;
const FIRST_DISTANCE = 1.3;
const KEY_STEP = 0.1;
const ZOOM_STEP = 1.15;
const SWAY = 0.35;
const SWAY_MILLIS = 9000;
const DRAW_MILLIS = 25;

const VERTEX = `
  attribute vec3 colour;
  uniform float spacing;
  uniform float pixels;
  varying vec3 pointColour;
  void main() {
    vec4 world = modelMatrix * vec4(position, 1.0);
    vec4 seen = viewMatrix * world;
    gl_Position = projectionMatrix * seen;
    // As large as what the point stands for: the gap to its neighbours, which grows with the range from the camera.
    gl_PointSize = clamp(2.0 * spacing * length(world.xyz) * pixels / max(-seen.z, 0.001), 1.5, 24.0);
    pointColour = colour;
  }`;

const FRAGMENT = `
  varying vec3 pointColour;
  void main() {
    gl_FragColor = vec4(pointColour, 1.0);
  }`;

/** The cloud that PageCloud wrote: typed arrays over its bytes. */
export function readCloud(buffer, offset = 0) {
  const header = new DataView(buffer, offset, HEADER_BYTES);
  const count = header.getUint32(0, true);
  const floats = (from) => [0, 4, 8].map((i) => header.getFloat32(from + i, true));
  const positions = new Uint16Array(buffer, offset + HEADER_BYTES, 3 * count);
  return {
    count,
    total: header.getUint32(4, true),
    least: floats(8),
    side: floats(20),
    spacing: header.getFloat32(32, true),
    positions,
    colours: new Uint8Array(buffer, positions.byteOffset + positions.byteLength, 3 * count),
  };
}

/** One WebGL context for all clouds of a page. */
export class CloudStage {
  constructor() {
    this.renderer = new THREE.WebGLRenderer({antialias: false, alpha: false});
    this.renderer.setPixelRatio(1);
    this.renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
    this.renderer.setClearColor(BACKGROUND, 1);
    this.renderer.setScissorTest(true);
    this.views = new Map();
    this.sway = false;
    this.visibility = new IntersectionObserver((changes) => {
      for (const change of changes) {
        this.views.get(change.target)?.shown(change.isIntersecting);
      }
    }, {rootMargin: '100px'});
    this.sizes = new ResizeObserver((changes) => {
      for (const change of changes) {
        this.views.get(change.target)?.resized();
      }
    });
    this.renderer.domElement.addEventListener('webglcontextrestored', () => {
      this.views.forEach((view) => { view.dirty = true; });
    });
    requestAnimationFrame((now) => this.tick(now));
  }

  /** A view in a canvas; load gives the bytes of its cloud when it is first seen, and may be absent. */
  add(canvas, load) {
    const view = new CloudView(this, canvas, load);
    this.views.set(canvas, view);
    this.visibility.observe(canvas);
    this.sizes.observe(canvas);
    return view;
  }

  remove(canvas) {
    this.visibility.unobserve(canvas);
    this.sizes.unobserve(canvas);
    this.views.get(canvas)?.dispose();
    this.views.delete(canvas);
  }

  /** Draws what has changed, in turn; a slow machine, which draws on in the next refresh, stays responsive. */
  tick(now) {
    const end = performance.now() + DRAW_MILLIS;
    for (const [canvas, view] of [...this.views]) {
      if (view.visible && view.cloud && (view.dirty || this.sway)) {
        view.draw(this.sway ? SWAY * Math.sin(now / SWAY_MILLIS * 2 * Math.PI) : 0);
        // Behind those whose turn has not come.
        this.views.delete(canvas);
        this.views.set(canvas, view);
        if (performance.now() > end) {
          break;
        }
      }
    }
    requestAnimationFrame((next) => this.tick(next));
  }

  /** Draws a scene and gives its picture to a canvas. */
  picture(scene, camera, context) {
    const {width, height} = context.canvas;
    const drawn = this.renderer.domElement;
    if (drawn.width < width || drawn.height < height) {
      this.renderer.setSize(Math.max(drawn.width, width), Math.max(drawn.height, height), false);
    }
    this.renderer.setViewport(0, 0, width, height);
    this.renderer.setScissor(0, 0, width, height);
    this.renderer.render(scene, camera);
    context.drawImage(drawn, 0, drawn.height - height, width, height, 0, 0, width, height);
  }
}

/** The vertex buffers of a cloud that changes: they grow where they must, and are filled anew for each cloud. */
class PointBuffers {
  constructor() {
    this.geometry = new THREE.BufferGeometry();
    this.capacity = 0;
  }

  /** Takes a cloud's points; the geometry is another one where they are more than ever before. */
  fill(cloud) {
    if (cloud.count > this.capacity || !this.capacity) {
      this.grow(cloud.count);
    }
    this.copy('position', cloud.positions);
    this.copy('colour', cloud.colours);
    this.geometry.setDrawRange(0, cloud.count);
  }

  grow(count) {
    this.capacity = count;
    this.geometry.dispose();
    this.geometry = new THREE.BufferGeometry();
    for (const [name, array] of [['position', new Uint16Array(3 * count)], ['colour', new Uint8Array(3 * count)]]) {
      const attribute = new THREE.BufferAttribute(array, 3, true);
      attribute.setUsage(THREE.DynamicDrawUsage);
      this.geometry.setAttribute(name, attribute);
    }
  }

  copy(name, values) {
    const attribute = this.geometry.getAttribute(name);
    attribute.array.set(values);
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, values.length);
    attribute.needsUpdate = true;
  }
}

class CloudView {
  constructor(stage, canvas, load) {
    this.stage = stage;
    this.canvas = canvas;
    this.load = load;
    this.context = canvas.getContext('2d', {alpha: false});
    this.camera = new THREE.PerspectiveCamera(50, 1, 0.01, 1000);
    this.scene = new THREE.Scene();
    this.material = new THREE.ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: {spacing: {value: 0}, pixels: {value: 1}},
    });
    this.buffers = new PointBuffers();
    this.points = new THREE.Points(this.buffers.geometry, this.material);
    this.points.frustumCulled = false;
    this.scene.add(this.points);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enableDamping = false;
    this.controls.addEventListener('change', () => { this.dirty = true; });
    // A page can be scrolled over its clouds: zooming begins with a click, and a finger that moves up or down scrolls.
    this.controls.enableZoom = false;
    canvas.style.touchAction = 'pan-y';
    canvas.addEventListener('focus', () => { this.controls.enableZoom = true; });
    canvas.addEventListener('blur', () => { this.controls.enableZoom = false; });
    canvas.addEventListener('pointerdown', () => canvas.focus({preventScroll: true}));
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('dblclick', () => this.fillScreen());
    this.visible = false;
    this.dirty = false;
    this.cloud = null;
  }

  /** Shows a cloud; the user's point of view stays. */
  show(cloud) {
    const first = this.cloud === null;
    this.cloud = cloud;
    this.buffers.fill(cloud);
    this.points.geometry = this.buffers.geometry;
    this.points.position.fromArray(cloud.least);
    this.points.scale.fromArray(cloud.side.map((length) => length || 1e-6));
    this.material.uniforms.spacing.value = cloud.spacing;
    if (first) {
      this.reset();
    }
    this.dirty = true;
  }

  /** Shows no cloud; the user's point of view stays for the next one. */
  clear() {
    if (this.cloud?.count) {
      this.show({...this.cloud, count: 0, positions: new Uint16Array(0), colours: new Uint8Array(0)});
    }
  }

  shown(visible) {
    this.visible = visible;
    if (visible && this.load) {
      const load = this.load;
      this.load = null;
      this.show(readCloud(load()));
    }
    this.dirty = true;
  }

  /** Back to where the camera stood, a little aside so that depth is seen. */
  reset() {
    if (!this.cloud?.count) {
      return;
    }
    const {distance, tangentX, tangentY} = this.extent();
    this.tangents = {x: tangentX, y: tangentY};
    this.controls.target.set(0, 0, -distance);
    this.place(FIRST_YAW, FIRST_PITCH, distance * FIRST_DISTANCE);
    this.camera.near = distance / 200;
    this.camera.far = distance * 100;
    this.resized();
  }

  /** The middle range of the points, and how wide they lie around the camera's axis. */
  extent() {
    const {positions, count, least, side} = this.cloud;
    const step = Math.max(1, Math.floor(count / SAMPLES));
    const ranges = [];
    let tangentX = 0.05;
    let tangentY = 0.05;
    for (let i = 0; i < count; i += step) {
      const [x, y, z] = [0, 1, 2].map((axis) => least[axis] + side[axis] * positions[3 * i + axis] / 65535);
      if (z < 0) {
        ranges.push(-z);
        tangentX = Math.max(tangentX, Math.abs(x / z));
        tangentY = Math.max(tangentY, Math.abs(y / z));
      }
    }
    ranges.sort((a, b) => a - b);
    return {distance: ranges[ranges.length >> 1] || 1, tangentX, tangentY};
  }

  place(yaw, pitch, distance) {
    const target = this.controls.target;
    this.camera.position.setFromSpherical(new THREE.Spherical(distance, Math.PI / 2 - pitch, yaw)).add(target);
    this.camera.lookAt(target);
    this.controls.update();
    this.dirty = true;
  }

  turn(yaw, pitch) {
    const around = new THREE.Spherical().setFromVector3(this.camera.position.clone().sub(this.controls.target));
    const polar = Math.min(Math.PI - 0.05, Math.max(0.05, around.phi - pitch));
    this.place(around.theta + yaw, Math.PI / 2 - polar, around.radius);
  }

  zoom(factor) {
    this.camera.position.sub(this.controls.target).divideScalar(factor).add(this.controls.target);
    this.controls.update();
    this.dirty = true;
  }

  fillScreen() {
    if (document.fullscreenElement) {
      document.exitFullscreen();
    } else {
      this.canvas.requestFullscreen?.();
    }
  }

  key(event) {
    const actions = {
      ArrowLeft: () => this.turn(-KEY_STEP, 0),
      ArrowRight: () => this.turn(KEY_STEP, 0),
      ArrowUp: () => this.turn(0, KEY_STEP),
      ArrowDown: () => this.turn(0, -KEY_STEP),
      '+': () => this.zoom(ZOOM_STEP),
      '=': () => this.zoom(ZOOM_STEP),
      '-': () => this.zoom(1 / ZOOM_STEP),
      0: () => this.reset(),
      f: () => this.fillScreen(),
    };
    const action = event.ctrlKey || event.metaKey || event.altKey ? null : actions[event.key];
    if (action) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  }

  resized() {
    const ratio = Math.min(window.devicePixelRatio || 1, MAX_PIXEL_RATIO);
    const width = Math.max(1, Math.round(this.canvas.clientWidth * ratio));
    const height = Math.max(1, Math.round(this.canvas.clientHeight * ratio));
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    this.camera.aspect = width / height;
    if (this.tangents) {
      const tangent = Math.max(this.tangents.y, this.tangents.x / this.camera.aspect);
      this.camera.fov = THREE.MathUtils.radToDeg(2 * Math.atan(tangent));
      this.material.uniforms.pixels.value = height / (2 * tangent);
    }
    this.camera.updateProjectionMatrix();
    this.dirty = true;
  }

  draw(sway) {
    this.dirty = false;
    const stood = this.camera.position.clone();
    if (sway) {
      const target = this.controls.target;
      this.camera.position.sub(target).applyAxisAngle(this.camera.up, sway).add(target);
      this.camera.lookAt(target);
    }
    this.stage.picture(this.scene, this.camera, this.context);
    this.camera.position.copy(stood);
    this.camera.lookAt(this.controls.target);
  }

  dispose() {
    this.controls.dispose();
    this.buffers.geometry.dispose();
    this.material.dispose();
  }
}
