package io.liftstream.cli.publish;

/** A live camera cannot be reached, or its stream has ended: worth another try. */
final class CameraUnreachableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /**
     * @param advice what to do where it has never answered
     */
    CameraUnreachableException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do where it has never answered. */
    String advice() {
        return advice;
    }
}
