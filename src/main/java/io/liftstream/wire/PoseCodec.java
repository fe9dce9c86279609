package io.liftstream.wire;

import io.liftstream.lifting.calibration.CameraPose;
import io.liftstream.proto.v1.Pose;
import io.liftstream.proto.v1.Quaternion;
import io.liftstream.proto.v1.Vector3;

/** Where cameras stand, to and from messages. */
final class PoseCodec {

    private PoseCodec() {}

    static Pose toMessage(CameraPose pose) {
        return Pose.newBuilder()
                .setPosition(Vector3.newBuilder().setX(pose.x()).setY(pose.y()).setZ(pose.z()))
                .setOrientation(
                        Quaternion.newBuilder()
                                .setX(pose.qx())
                                .setY(pose.qy())
                                .setZ(pose.qz())
                                .setW(pose.qw()))
                .build();
    }

    /**
     * @throws IllegalArgumentException where the numbers are no pose
     */
    static CameraPose fromMessage(Pose message) {
        Vector3 position = message.getPosition();
        Quaternion turned = message.getOrientation();
        return CameraPose.of(
                position.getX(),
                position.getY(),
                position.getZ(),
                turned.getX(),
                turned.getY(),
                turned.getZ(),
                turned.getW());
    }
}
