package io.liftstream.network;

import ai.onnxruntime.OrtException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What ONNX Runtime says of a failure, without the places in its source that it names first. */
final class OrtFault {
    private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");

    // As its CUDA provider and its arena write it: "/path/cuda_call.cc:146 ... CUDA failure 2: out
    // of memory ; GPU=0 ; hostname=h ; file=...", "/path/bfc_arena.cc:359 ... Failed to allocate".
    private static final Pattern OF_DEVICE =
            Pattern.compile("(?:CU\\w+ (?:failure|error) \\d+: [^;\\n]+|Failed to allocate .+)");

    private OrtFault() {}

    /** {@return in one line, the device's own words where the device is at fault} */
    static String of(OrtException failure) {
        String message = CODE.matcher(failure.getMessage()).replaceFirst("").strip();
        Matcher device = OF_DEVICE.matcher(message);
        return device.find() ? device.group().strip() : message;
    }
}
