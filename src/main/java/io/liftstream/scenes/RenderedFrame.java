package io.liftstream.scenes;

import io.liftstream.frame.Intrinsics;

/**
 * One rendered picture and its truth. The arrays belong to the caller; nothing else refers to them.
 *
 * @param width columns
 * @param height rows
 * @param rgb colour, 8 bits a channel, {@code [height][width][3]} interleaved red, green, blue
 * @param depthMetres true distance along the optical axis (z, not the ray's length) in metres,
 *     {@code [height][width]} row-major; the sky, which no ray hits, is {@link
 *     Float#POSITIVE_INFINITY}, so that its inverse depth is exactly zero
 * @param intrinsics the exact pinhole intrinsics that the picture was rendered with, pixels
 */
public record RenderedFrame(
        int width, int height, byte[] rgb, float[] depthMetres, Intrinsics intrinsics) {}
