package io.liftstream.model.checkpoint;

import io.liftstream.frame.LiftingException;
import java.util.List;

/**
 * A tensor as a view of a storage. Several tensors may share one storage, overlap, and lie in any
 * order of their dimensions.
 *
 * @param storage the bytes
 * @param offset first element
 * @param shape elements per dimension
 * @param strides distance in elements between neighbours, per dimension
 */
record StoredTensor(StorageReference storage, long offset, List<Long> shape, List<Long> strides) {

    /**
     * Checks that the view lies inside its storage. Costs nothing, whatever the shape claims.
     *
     * @param name the tensor's name, for the error
     * @return number of the last element of the storage that the view touches
     * @throws LiftingException where it does not
     */
    long lastElement(String name) {
        if (shape.size() != strides.size() || offset < 0) {
            throw Refusal.of(
                    name + " offset " + offset + " strides", strides, "must fit shape " + shape);
        }
        try {
            long last = offset;
            long elements = 1;
            for (int axis = 0; axis < shape.size(); axis++) {
                long size = shape.get(axis);
                long stride = strides.get(axis);
                if (size < 1 || stride < 0) {
                    throw Refusal.of(
                            name + " shape " + shape + " strides",
                            strides,
                            "sizes must be positive and strides not negative");
                }
                elements = Math.multiplyExact(elements, size);
                last = Math.addExact(last, Math.multiplyExact(size - 1, stride));
            }
            if (last >= storage.elements()) {
                throw Refusal.of(
                        name + " last element",
                        last,
                        "its storage has only " + storage.elements() + " elements");
            }
            return last;
        } catch (ArithmeticException e) {
            throw Refusal.of(name + " shape", shape, "has more elements than can be counted", e);
        }
    }

    /** Whether the elements lie one after the other in row-major order. */
    boolean isContiguous() {
        long expected = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            if (shape.get(axis) != 1 && strides.get(axis) != expected) {
                return false;
            }
            expected *= shape.get(axis);
        }
        return true;
    }
}
