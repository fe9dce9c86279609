package io.liftstream.frame;

/** The axis convention of a point cloud. */
public enum Axes {
    /** x right, y down, z forward: OpenCV, ROS optical frames, Open3D. */
    OPTICAL,
    /** x right, y up, z backward: OpenGL and most viewers. */
    OPENGL
}
