package io.liftstream.scenes;

import java.util.List;

/** One place, ready to be seen: its bodies, its light, and the camera that moves through it. */
record Scene(List<Solid> solids, Light light, CameraPath path, Lens lens) {}
