package io.liftstream.stream;

import io.liftstream.frame.FrameRejection;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side output on which every operator puts the frames that it refuses. */
public final class RejectionOutput {

    /** One tag for all stages, so that the graph joins them with one union. */
    public static final OutputTag<FrameRejection> TAG =
            new OutputTag<>("rejections", TypeInformation.of(FrameRejection.class));

    private RejectionOutput() {}
}
