package io.liftstream.testing;

import io.liftstream.frame.FrameRejection;
import java.util.Map;

/**
 * A record of the rejected topic.
 *
 * @param key its key as text, or null
 * @param headers its headers as text
 * @param rejection what the value says
 */
public record RejectionRecord(String key, Map<String, String> headers, FrameRejection rejection) {}
