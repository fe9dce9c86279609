package io.liftstream.stream;

/**
 * Successive late frames of rising position. One late frame tells of a slow path; a run of them
 * tells of a clock that was set back, or of a wrong stamp before them that was far ahead.
 */
final class LateRun {
    /** The frame that completes a run of so many begins an epoch. */
    static final int CONFIRMING_FRAMES = 10;

    private int frames;
    private FramePosition last;

    LateRun() {
        this(0, null);
    }

    /**
     * @param last the position of the last of them; null where there is none
     */
    LateRun(int frames, FramePosition last) {
        this.frames = frames;
        this.last = last;
    }

    LateRun copy() {
        return new LateRun(frames, last);
    }

    /** Takes a late frame: it goes on with the run, or begins another. */
    void add(FramePosition position) {
        frames = last != null && last.compareTo(position) < 0 ? frames + 1 : 1;
        last = position;
    }

    boolean isConfirmed() {
        return frames >= CONFIRMING_FRAMES;
    }

    void end() {
        frames = 0;
        last = null;
    }

    int frames() {
        return frames;
    }

    /** Position of the last frame, null where there is no run. */
    FramePosition last() {
        return last;
    }
}
