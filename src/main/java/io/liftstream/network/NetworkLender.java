package io.liftstream.network;

/** Lends open networks by the names of their models. */
@FunctionalInterface
public interface NetworkLender {

    /**
     * Lends the network of a model, opened where it is not yet.
     *
     * @param modelBackend a catalogue name, an HTTPS address, a path to an {@code .onnx} model or
     *     to a {@code .pth}/{@code .pt} checkpoint; null for the default model
     * @return the network until the lease is closed
     * @throws io.liftstream.frame.ModelException when there is no such model or it cannot be used;
     *     for a while after it could not be opened, without a further try
     * @throws ModelsInUseException when as many models as may be are open, and all of them lent or
     *     kept
     * @throws DeviceFailedException when the GPU that runs other models can no longer run any
     */
    NetworkLease lend(String modelBackend);
}
