package io.liftstream.cli.publish;

/** A live camera cannot be reached, or its stream has ended: worth another try. */
final class CameraUnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    CameraUnreachableException(String message) {
        super(message);
    }
}
