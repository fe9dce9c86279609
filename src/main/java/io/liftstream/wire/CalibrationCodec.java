package io.liftstream.wire;

import com.google.protobuf.Timestamp;
import io.liftstream.frame.CalibrationRecord;
import io.liftstream.frame.CameraId;
import io.liftstream.frame.Intrinsics;
import io.liftstream.frame.LiftingException;
import io.liftstream.image.ImageSize;
import io.liftstream.lifting.calibration.CameraCalibration;
import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.lifting.calibration.DatedCalibration;
import io.liftstream.lifting.calibration.LensModel;
import io.liftstream.lifting.calibration.Rectification;
import io.liftstream.lifting.scale.KnownPoint;
import io.liftstream.lifting.scale.KnownPoints;
import io.liftstream.proto.v1.CalibrationInForce;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** Calibrations to and from messages of the calibration topic. */
public final class CalibrationCodec {
    /** A slot holds the calibrations of all cameras. */
    private static final int MAX_KNOWN_POINTS = 64;

    private CalibrationCodec() {}

    /**
     * A calibration that cannot be used.
     *
     * <p>Its message says what is wrong, the value, and what would be right.
     */
    public static final class UnusableCalibrationException extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableCalibrationException(String problem) {
            super(problem);
        }
    }

    /**
     * {@return the message of a calibration}
     *
     * @param lens the camera's intrinsics and distortion
     * @param rectification what is known of rectified pictures
     * @param pose where the camera stands, or null
     * @param knownPoints surveyed points, in pixels of the calibrated pictures; may be empty
     * @param validFromNanos the capture time from which on it holds, nanoseconds since 1970
     */
    public static byte[] encode(
            CameraCalibration lens,
            Rectification rectification,
            CameraPose pose,
            KnownPoints knownPoints,
            long validFromNanos) {
        Intrinsics k = lens.intrinsics();
        var message =
                io.liftstream.proto.v1.CameraCalibration.newBuilder()
                        .setTimestamp(TimestampCodec.toMessage(validFromNanos))
                        .setWidth(lens.width())
                        .setHeight(lens.height())
                        .setDistortionModel(lens.model().wireName())
                        .addAllD(lens.parameters())
                        .addAllK(List.of(k.fx(), 0.0, k.cx(), 0.0, k.fy(), k.cy(), 0.0, 0.0, 1.0))
                        .addAllR(rectification.rotation())
                        .addAllP(rectification.projection());
        if (pose != null) {
            message.setPose(PoseCodec.toMessage(pose));
        }
        for (KnownPoint point : knownPoints.points()) {
            message.addKnownPoints(
                    io.liftstream.proto.v1.KnownPoint.newBuilder()
                            .setColumn(point.column())
                            .setRow(point.row())
                            .setMetres(point.metres()));
        }
        return message.build().toByteArray();
    }

    /**
     * {@return the calibration of a record}
     *
     * @param record of the calibration topic
     * @throws UnusableCalibrationException where it is none, or one that no camera can have
     */
    public static DatedCalibration decode(CalibrationRecord record)
            throws UnusableCalibrationException {
        if (record.key() == null || !CameraId.isValid(record.key())) {
            throw new UnusableCalibrationException(
                    "the record's key is "
                            + (record.key() == null ? "missing" : CameraId.quoted(record.key()))
                            + ": it must be the camera id, "
                            + CameraId.RULE);
        }
        io.liftstream.proto.v1.CameraCalibration message = parse(record.value());
        CameraCalibration lens = lens(message);
        Rectification rectification =
                new Rectification(List.copyOf(message.getRList()), List.copyOf(message.getPList()));
        requireNone(lens.problem());
        requireNone(rectification.problem());
        return new DatedCalibration(
                validFrom(message),
                record.provenance().brokerTimeMillis(),
                sha256(message.toBuilder().clearTimestamp().build().toByteArray()),
                lens,
                message.hasPose() ? pose(message) : null,
                rectification,
                knownPoints(message, lens));
    }

    private static io.liftstream.proto.v1.CameraCalibration parse(byte[] value)
            throws UnusableCalibrationException {
        try {
            if (value.length > 0) {
                return io.liftstream.proto.v1.CameraCalibration.parseFrom(value);
            }
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new UnusableCalibrationException(
                    "value is not a CameraCalibration (" + e.getMessage() + ")");
        }
        throw new UnusableCalibrationException("the value is empty: send a CameraCalibration");
    }

    private static long validFrom(io.liftstream.proto.v1.CameraCalibration message)
            throws UnusableCalibrationException {
        Timestamp time = message.getTimestamp();
        if (!message.hasTimestamp() || !TimestampCodec.isWithinLimits(time)) {
            throw new UnusableCalibrationException(
                    "timestamp is "
                            + (message.hasTimestamp()
                                    ? time.getSeconds() + " s " + time.getNanos() + " ns"
                                    : "missing")
                            + ": it must be the capture time from which on the calibration holds,"
                            + " between 1970 and 2200");
        }
        return TimestampCodec.toNanos(time);
    }

    private static CameraCalibration lens(io.liftstream.proto.v1.CameraCalibration message)
            throws UnusableCalibrationException {
        List<Double> k = message.getKList();
        if (k.size() != 9) {
            throw new UnusableCalibrationException(
                    "K has " + k.size() + " numbers: it must have 9, row by row");
        }
        boolean plain =
                k.get(1) == 0 && k.get(3) == 0 && k.get(6) == 0 && k.get(7) == 0 && k.get(8) == 1;
        if (!plain) {
            throw new UnusableCalibrationException(
                    "K is "
                            + k
                            + ": it must be fx 0 cx, 0 fy cy, 0 0 1; skewed pixels are not known");
        }
        boolean distorted = !message.getDistortionModel().isEmpty() || message.getDCount() > 0;
        LensModel model =
                distorted
                        ? LensModel.ofWireName(message.getDistortionModel())
                        : LensModel.PLUMB_BOB;
        if (model == null) {
            throw new UnusableCalibrationException(
                    "distortion_model is "
                            + CameraId.quoted(message.getDistortionModel())
                            + ": it must be plumb_bob, rational_polynomial, kannala_brandt"
                            + " (equidistant) or fisheye62, or empty with no D");
        }
        return new CameraCalibration(
                message.getWidth(),
                message.getHeight(),
                new Intrinsics(k.get(0), k.get(4), k.get(2), k.get(5)),
                model,
                distorted ? List.copyOf(message.getDList()) : Collections.nCopies(5, 0.0));
    }

    private static CameraPose pose(io.liftstream.proto.v1.CameraCalibration message)
            throws UnusableCalibrationException {
        try {
            return PoseCodec.fromMessage(message.getPose());
        } catch (IllegalArgumentException e) {
            throw new UnusableCalibrationException(e.getMessage());
        }
    }

    private static KnownPoints knownPoints(
            io.liftstream.proto.v1.CameraCalibration message, CameraCalibration lens)
            throws UnusableCalibrationException {
        int count = message.getKnownPointsCount();
        if (count == 0) {
            return KnownPoints.NONE;
        }
        if (count > MAX_KNOWN_POINTS) {
            throw new UnusableCalibrationException(
                    "known_points has " + count + " points: at most " + MAX_KNOWN_POINTS);
        }
        try {
            KnownPoints points =
                    KnownPoints.of(
                            message.getKnownPointsList().stream()
                                    .map(CalibrationCodec::knownPoint)
                                    .toList());
            points.requireInside(new ImageSize(lens.width(), lens.height()));
            return points;
        } catch (IllegalArgumentException e) {
            throw new UnusableCalibrationException("known_points: " + e.getMessage());
        } catch (LiftingException e) {
            throw new UnusableCalibrationException(e.getMessage());
        }
    }

    private static KnownPoint knownPoint(io.liftstream.proto.v1.KnownPoint point) {
        return new KnownPoint(point.getColumn(), point.getRow(), point.getMetres());
    }

    private static void requireNone(String problem) throws UnusableCalibrationException {
        if (problem != null) {
            throw new UnusableCalibrationException(problem);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What a result says of the calibration that held, for a picture of its size. */
    static CalibrationInForce inForce(DatedCalibration calibration, int width, int height) {
        Rectification scaled =
                calibration
                        .rectification()
                        .scaled(
                                (double) width / calibration.lens().width(),
                                (double) height / calibration.lens().height());
        return CalibrationInForce.newBuilder()
                .setValidFrom(TimestampCodec.toMessage(calibration.validFromNanos()))
                .setSha256(calibration.sha256())
                .addAllRectification(scaled.rotation())
                .addAllProjection(scaled.projection())
                .build();
    }

    /**
     * What a result says, as far as it says it: when it was published and its known points are not
     * on the wire.
     */
    static DatedCalibration fromMessage(CalibrationInForce message, CameraCalibration lens) {
        return new DatedCalibration(
                TimestampCodec.toNanos(message.getValidFrom()),
                0,
                message.getSha256(),
                lens,
                null,
                new Rectification(
                        List.copyOf(message.getRectificationList()),
                        List.copyOf(message.getProjectionList())),
                KnownPoints.NONE);
    }
}
