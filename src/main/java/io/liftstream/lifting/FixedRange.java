package io.liftstream.lifting;

import java.io.Serializable;

/**
 * The network outputs that stand for the far and the near end of a camera's range, the same in
 * every frame.
 *
 * @param lo the output at the far end
 * @param hi the output at the near end, not below {@code lo}
 */
public record FixedRange(double lo, double hi) implements Serializable {}
