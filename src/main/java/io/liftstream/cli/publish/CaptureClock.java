package io.liftstream.cli.publish;

/** Whose clock said when a live frame was taken. */
enum CaptureClock {
    /** The camera's own, by RTCP's sender reports. */
    CAMERA("the camera's clock (RTCP)"),
    /** The kernel's, when the device had filled the frame. */
    DEVICE("the device's driver"),
    /** This machine's, when the frame came. */
    ARRIVAL("this machine's clock, when a frame came");

    private final String words;

    CaptureClock(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
