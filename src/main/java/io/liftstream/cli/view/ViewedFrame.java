package io.liftstream.cli.view;

import io.liftstream.foxglove.FoxgloveMessage;
import java.util.List;

/**
 * A lifted frame for viewers. What it holds is decoded and encoded when a viewer first asks for it,
 * once for all of them: a frame that nobody looks at costs next to nothing. Safe for several
 * threads.
 */
interface ViewedFrame {

    /** Whose frame it is. */
    String cameraId();

    /** The frame as the page takes it, {@link PageMessage}. Nobody writes to it. */
    byte[] pageMessage();

    /** The frame as viewers that speak Foxglove's protocol take it. */
    List<FoxgloveMessage> messages();
}
