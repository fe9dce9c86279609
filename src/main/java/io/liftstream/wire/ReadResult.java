package io.liftstream.wire;

import io.liftstream.frame.CaptureTimeSource;
import io.liftstream.frame.IntrinsicsSource;
import io.liftstream.frame.Provenance;
import io.liftstream.lifting.DepthEstimationResult;
import io.liftstream.lifting.calibration.CameraSetup;
import java.util.List;

/**
 * A result as a consumer reads it from the depth topic.
 *
 * @param cameraId its camera
 * @param epoch rises with each start of the camera, unsigned
 * @param captureTimeNanos nanoseconds since 1970
 * @param sequence the camera's frame counter
 * @param result depth and cloud; {@code depthMap} is null where the job omits depth maps, and
 *     {@code backendUsed} is the model's identity
 * @param intrinsicsSource where the intrinsics came from
 * @param degradations what was left out to keep the record small
 * @param provenance where the frame was read; its broker time is not on the wire and 0
 * @param setup how its camera was set up
 * @param captureTimeSource where the capture time was found
 * @param compressedCloud the cloud as it was compressed; null where it was not
 * @param glb the mesh as a binary glTF file, null where there is none
 */
public record ReadResult(
        String cameraId,
        int epoch,
        long captureTimeNanos,
        long sequence,
        DepthEstimationResult result,
        IntrinsicsSource intrinsicsSource,
        List<Degradation> degradations,
        Provenance provenance,
        CameraSetup setup,
        CaptureTimeSource captureTimeSource,
        CompressedCloud compressedCloud,
        byte[] glb) {

    /** {@return the cloud as a Draco file; null where it was not compressed} */
    public byte[] draco() {
        return compressedCloud == null ? null : compressedCloud.draco();
    }

    /** {@return whether the frame asked for a mesh; {@code glb} may be null nevertheless} */
    public boolean meshWasAskedFor() {
        return glb != null || degradations.contains(Degradation.NO_MESH);
    }
}
